/**
A flag as meow takes it.
*/
export type FlagKind = Readonly<{
	type: 'string' | 'boolean' | 'number';
	default?: string | boolean | number;
	/**
	What to write for a value that it does not take.
	*/
	instead?: string;
}>;

export type Given = Readonly<{
	flags: Readonly<Record<string, unknown>>;
	/**
	The words after the command.
	*/
	input: readonly string[];
	/**
	The words behind `--`, where the command takes those of another program; undefined where there is no `--`.
	*/
	behind?: readonly string[];
}>;

/**
One command: its flags, and what it does with them. Loads what it needs when it is run.
*/
export type Command = Readonly<{
	flags: Readonly<Record<string, FlagKind>>;
	/**
	How many words it takes at most; none where it is left out.
	*/
	words?: number;
	/**
	What follows `--` is the command line of another program, and none of its words is ours.
	*/
	runsAnother?: true;
	run(given: Given): Promise<void>;
}>;
