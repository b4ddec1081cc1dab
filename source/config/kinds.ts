import {nearest} from './nearest.js';
import {either, show} from './problem.js';

/**
A value understood, or what is wrong with it: `wrong` goes on from the setting's name.
*/
export type Reading<Value> =
	| Readonly<{kind: 'read'; value: Value}>
	| Readonly<{
			kind: 'wrong';
			/**
			E.g. `is 70000`.
			*/
			wrong: string;
			/**
			What to write, where it can be said better than by `allowed`.
			*/
			instead?: string;
			/**
			Which element of a list or table.
			*/
			index?: number | string;
	  }>;

/**
What a setting may hold.
*/
export type Kind<Value> = Readonly<{
	/**
	In words, as in `Write …`.
	*/
	allowed: string;
	read(found: unknown): Reading<Value>;
}>;

export const good = <Value>(value: Value): Reading<Value> => ({
	kind: 'read',
	value,
});
export const wrong = (says: string, instead?: string): Reading<never> => ({
	kind: 'wrong',
	wrong: says,
	instead,
});
export const otherThan = (found: unknown): Reading<never> =>
	wrong(`is ${show(found)}`);

export const flag: Kind<boolean> = {
	allowed: 'true or false',
	read: (found) =>
		typeof found === 'boolean' ? good(found) : otherThan(found),
};

export const text = (allowed: string, accepts: RegExp): Kind<string> => ({
	allowed,
	read: (found) =>
		typeof found === 'string' && accepts.test(found)
			? good(found)
			: otherThan(found),
});

export const whole = ({
	from,
	to,
}: {
	from: number;
	to: number;
}): Kind<number> => ({
	allowed: `a whole number from ${from} to ${to}`,
	read: (found) =>
		Number.isSafeInteger(found) && Number(found) >= from && Number(found) <= to
			? good(Number(found))
			: otherThan(found),
});

export function oneOf<const Name extends string>(
	names: readonly Name[],
): Kind<Name> {
	const allowed = either(names.map((name) => `"${name}"`));
	return {
		allowed,
		read(found) {
			const name = names.find((candidate) => candidate === found);
			if (name !== undefined) {
				return good(name);
			}

			const near =
				typeof found === 'string' ? nearest(found, names) : undefined;
			return wrong(
				`is ${show(found)}`,
				near && `Did you mean "${near}"? It may be ${allowed}.`,
			);
		},
	};
}

export function listOf<Value>(
	kind: Kind<Value>,
	{filled}: {filled: boolean},
): Kind<readonly Value[]> {
	return {
		allowed: `a list in [brackets], ${filled ? '' : 'empty or '}each ${kind.allowed}`,
		read(found) {
			if (!Array.isArray(found) || (filled && found.length === 0)) {
				return otherThan(found);
			}

			const readings = found.map((element) => kind.read(element));
			const index = readings.findIndex((reading) => reading.kind === 'wrong');
			const first = readings[index];
			return first?.kind === 'wrong'
				? {
						...first,
						wrong: `has an element that ${first.wrong}`,
						instead: first.instead ?? `Write ${kind.allowed}.`,
						index,
					}
				: good(
						readings.flatMap((reading) =>
							reading.kind === 'read' ? [reading.value] : [],
						),
					);
		},
	};
}

type Range = Readonly<{from: string; to: string}>;

/**
A number with its unit, as in `"900s"`; both ends of the range are allowed.
*/
function quantity(
	what: string,
	units: Readonly<Record<string, number>>,
): (range: Range) => Kind<number> {
	const measure = (found: unknown): number | undefined => {
		const {amount, unit} =
			/^(?<amount>\d+(?:\.\d+)?)(?<unit>[a-z]+)$/i.exec(String(found))
				?.groups ?? {};
		const factor = Object.entries(units).find(([name]) => name === unit)?.[1];
		return factor === undefined
			? undefined
			: Math.round(Number(amount) * factor);
	};

	return ({from, to}) => {
		const [least, most] = [measure(from)!, measure(to)!];
		return {
			allowed: `${what} with its unit, from "${from}" to "${to}" (units: ${Object.keys(units).join(', ')})`,
			read(found) {
				const value = typeof found === 'string' ? measure(found) : undefined;
				return value !== undefined && value >= least && value <= most
					? good(value)
					: otherThan(found);
			},
		};
	};
}

/**
In milliseconds.
*/
export const duration = quantity('a duration', {
	ms: 1,
	s: 1000,
	m: 60_000,
	h: 3_600_000,
});
/**
In bytes; a KB has 1024 of them.
*/
export const size = quantity('a size', {
	B: 1,
	KB: 1024,
	MB: 1024 ** 2,
	GB: 1024 ** 3,
});
/**
In milliseconds; a day has 24 hours of them.
*/
export const age = quantity('an age', {h: 3_600_000, d: 86_400_000});
