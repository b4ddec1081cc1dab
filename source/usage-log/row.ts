import type {Field} from '../exchange/field.js';

type Fields = Readonly<Record<string, Field>>;
export type SqlValue = string | number | null;

/**
How values of a field are kept: flags as 1 or 0, facts as JSON, figures whole, so that sums are exact.
*/
export function toSql(field: Field): (value: unknown) => SqlValue {
	switch (field.unit) {
		case 'flag': {
			return (value) => (value ? 1 : 0);
		}

		case 'facts': {
			return (value) => JSON.stringify(value);
		}

		case 'name': {
			return (value) => value as string;
		}

		case 'instant':
		case 'duration':
		case 'tokens':
		case 'count':
		case 'money': {
			return (value) => Math.round(value as number);
		}
	}
}

/**
Turns rows of a table into what code expects: booleans, parsed facts, `null` for not known.
*/
export function rowReader<Row>(fields: Fields): (raw: unknown) => Row {
	const special = Object.entries(fields).filter(
		([, field]) => field.unit === 'flag' || field.unit === 'facts',
	);
	return (raw) => {
		const row = raw as Record<string, unknown>;
		for (const [name, {unit}] of special) {
			const value = row[name] ?? null;
			row[name] =
				value === null
					? null
					: unit === 'flag'
						? value === 1
						: parsed(value as string);
		}

		return row as Row;
	};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Somebody else wrote to the file: a value we cannot read is a value not known.
		return null;
	}
}
