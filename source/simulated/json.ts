/**
`undefined` for what is no object or lacks the key.
*/
export function part(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null
		? (value as Readonly<Record<string, unknown>>)[key]
		: undefined;
}

export function list(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

export function number(value: unknown): number | undefined {
	return typeof value === 'number' ? value : undefined;
}

/**
`undefined` for what is no JSON.
*/
export function parsed(source: string): unknown {
	try {
		return JSON.parse(source);
	} catch {
		// Not ours: the caller answers for what cannot be read.
		return undefined;
	}
}

/**
Characters of the value as JSON; 0 for what is not there.
*/
export function jsonLength(value: unknown): number {
	return value === undefined ? 0 : JSON.stringify(value).length;
}
