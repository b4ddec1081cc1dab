export type Table = Readonly<Record<string, unknown>>;

export function isTable(value: unknown): value is Table {
	// A table is the one thing the parser makes without a prototype.
	return (
		typeof value === 'object' &&
		value !== null &&
		Object.getPrototypeOf(value) === null
	);
}
