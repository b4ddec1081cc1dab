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
	run(given: Given): Promise<void>;
}>;
