import type {Kind} from './kinds.js';

/**
One setting: what it is called, what it may hold, and what holds where it is left out.
*/
export type Setting<Value = unknown> = Readonly<{
	/**
	As it is written in the file.
	*/
	name: string;
	kind: Kind<Value>;
	help: string;
	presence:
		| Readonly<{kind: 'required'}>
		/**
		`value` as it would be written in the file.
		*/
		| Readonly<{kind: 'default'; value: unknown}>
		/**
		Depends on other settings; `words` say how.
		*/
		| Readonly<{kind: 'derived'; words: string}>;
}>;

/**
By the name the code knows them under.
*/
export type Settings = Readonly<Record<string, Setting>>;
export type ValuesOf<S extends Settings> = {
	readonly [Key in keyof S]: S[Key] extends Setting<infer Value>
		? Value
		: never;
};

export const setting = <Value>(
	name: string,
	kind: Kind<Value>,
	{otherwise, help}: {otherwise: unknown; help: string},
): Setting<Value> => ({
	name,
	kind,
	help,
	presence: {kind: 'default', value: otherwise},
});

export const required = <Value>(
	name: string,
	kind: Kind<Value>,
	{help}: {help: string},
): Setting<Value> => ({name, kind, help, presence: {kind: 'required'}});

/**
`undefined` where it is left out: what holds then depends on other settings.
*/
export const derived = <Value>(
	name: string,
	kind: Kind<Value>,
	{otherwise, help}: {otherwise: string; help: string},
): Setting<Value | undefined> => ({
	name,
	kind,
	help,
	presence: {kind: 'derived', words: otherwise},
});
