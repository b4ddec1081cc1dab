/**
What a value means. Alignment and text follow from this alone, in the monitor and in reports.
*/
export type Unit =
	| 'name'
	| 'instant'
	| 'duration'
	| 'tokens'
	| 'count'
	| 'money'
	| 'flag'
	| 'facts';

/**
One column of a followed table: its SQL type, what it means and what it is called.
*/
export type Field<Value = unknown> = Readonly<{
	sql: 'TEXT' | 'INTEGER';
	unit: Unit;
	title: string;
	/**
	Exists for the compiler alone: carries the type of the value.
	*/
	type?: Value;
}>;

const field =
	<Value>(sql: Field['sql'], unit: Unit) =>
	(title: string): Field<Value> => ({sql, unit, title});

export const name = field<string>('TEXT', 'name');
/**
Epoch milliseconds.
*/
export const instant = field<number>('INTEGER', 'instant');
/**
Milliseconds.
*/
export const duration = field<number>('INTEGER', 'duration');
export const tokens = field<number>('INTEGER', 'tokens');
export const count = field<number>('INTEGER', 'count');
/**
Whole nano-dollars, so that sums are exact.
*/
export const money = field<number>('INTEGER', 'money');
/**
A yes or no, kept as 1 or 0.
*/
export const flag = field<boolean>('INTEGER', 'flag');
/**
Something with parts, kept as JSON text.
*/
export const facts = <Value>(title: string): Field<Value> => ({
	sql: 'TEXT',
	unit: 'facts',
	title,
});
export const oneOf = <const Value extends string>(
	_values: readonly Value[],
	title: string,
): Field<Value> => ({sql: 'TEXT', unit: 'name', title});

type ValueOf<F> = F extends Field<infer Value> ? Value : never;
/**
A row as code sees it: `null` where nothing is known.
*/
export type RowOf<Fields> = {
	readonly [Key in keyof Fields]: ValueOf<Fields[Key]> | null;
};
