import {keySource, type KeySource} from './endpoint-kinds.js';
import {
	good,
	listOf,
	otherThan,
	wrong,
	type Kind,
	type Reading,
} from './kinds.js';
import {nearest} from './nearest.js';
import {decimalOf} from './price-kinds.js';
import {printable} from './printable.js';
import {show} from './problem.js';
import {isTable} from './table.js';

const mostDollars = 1_000_000;

/**
US dollars, read as whole nano-dollars.
*/
export const dailyCap: Kind<number> = {
	allowed: `US dollars, a number above 0 and up to ${mostDollars}, like 20.00`,
	read(found) {
		const units = decimalOf(found, mostDollars);
		return typeof units === 'number' && units > 0
			? good(units)
			: typeof units === 'object'
				? units
				: otherThan(found);
	},
};

const fraction: Kind<number> = {
	allowed: 'a fraction between 0 and 1, like 0.8',
	read: (found) =>
		typeof found === 'number' && found > 0 && found < 1
			? good(found)
			: otherThan(found),
};

const fractions = listOf(fraction, {filled: false});

/**
Each is larger than the one before.
*/
export const warnSteps: Kind<readonly number[]> = {
	allowed: `${fractions.allowed}, in ascending order`,
	read(found) {
		const reading = fractions.read(found);
		if (reading.kind === 'wrong') {
			return reading;
		}

		const steps = reading.value;
		const index = steps.findIndex((step, at) => step <= (steps[at - 1] ?? 0));
		return index === -1
			? reading
			: {
					kind: 'wrong',
					wrong: `has ${steps[index]} after ${steps[index - 1]}`,
					instead: 'Write them in ascending order, each once.',
					index,
				};
	},
};

/**
What becomes of a request at the cap. Whether there is such an alias, the whole document decides.
*/
export type AtCap =
	| Readonly<{kind: 'ask'}>
	| Readonly<{kind: 'refuse'}>
	| Readonly<{kind: 'alias'; alias: string}>;

const plainAtCap = ['ask', 'refuse'] as const;

export const atCap: Kind<AtCap> = {
	allowed: '"ask", "refuse" or "alias:NAME"',
	read(found) {
		const kind = plainAtCap.find((one) => one === found);
		if (kind !== undefined) {
			return good({kind});
		}

		const said = typeof found === 'string' ? found : '';
		const {name} =
			/^alias:(?<name>[\t\v\f \u{A0}\u{1680}\u{2000}-\u{200A}\u{202F}\u{205F}\u{3000}\u{FEFF}]*\S.*)$/v.exec(
				said,
			)?.groups ?? {};
		if (name !== undefined) {
			return good({kind: 'alias', alias: name.trim()});
		}

		const near = nearest(said, plainAtCap);
		return wrong(
			`is ${show(found)}`,
			near && `Did you mean "${near}"? It may be ${atCap.allowed}.`,
		);
	},
};

/**
As it is written in the file.
*/
export const atCapWritten = (found: AtCap): string =>
	found.kind === 'alias' ? `alias:${found.alias}` : found.kind;

export const unpricedRules = ['allow', 'refuse'] as const;

/**
Our own keys only: what is found is never repeated.
*/
const ownSource: Kind<Exclude<KeySource, {kind: 'agent'}>> = {
	allowed: '"env:NAME" (a variable) or "cmd:COMMAND" (what it prints)',
	read(found) {
		const reading = keySource.read(found);
		if (reading.kind === 'wrong') {
			return reading;
		}

		const {value} = reading;
		return value.kind === 'agent'
			? wrong('is "agent": that is no key of yours')
			: good(value);
	},
};

/**
By endpoint. Whether there is such an endpoint, the whole document decides.
*/
export const ownCredentials: Kind<
	ReadonlyMap<string, Exclude<KeySource, {kind: 'agent'}>>
> = {
	allowed: `{ENDPOINT = …} with ${ownSource.allowed}`,
	read(found) {
		if (!isTable(found)) {
			// A key that was pasted here is not repeated.
			return wrong(
				'is not a table of endpoints',
				'Write it like { gateway = "env:GATEWAY_CI_KEY" }.',
			);
		}

		const sources = new Map<string, Exclude<KeySource, {kind: 'agent'}>>();
		for (const [endpoint, source] of Object.entries(found)) {
			const reading = ownSource.read(source);
			if (reading.kind === 'wrong') {
				return ofEndpoint(endpoint, reading);
			}

			sources.set(endpoint, reading.value);
		}

		return good(sources);
	},
};

const ofEndpoint = (
	endpoint: string,
	{wrong: says, instead}: Extract<Reading<never>, {kind: 'wrong'}>,
): Reading<never> => ({
	kind: 'wrong',
	wrong: `has a key for "${printable(endpoint)}" that ${says}`,
	instead: instead ?? `Write ${ownSource.allowed}.`,
	index: endpoint,
});

/**
What a secret is known by. What is found is never repeated: it may be the secret.
*/
export const secretHash: Kind<string> = {
	allowed: '"sha256:" and 64 hexadecimal digits',
	read: (found) =>
		typeof found === 'string' && /^sha256:[\da-f]{64}$/v.test(found)
			? good(found)
			: wrong(
					'is not the hash of a key',
					'It is written by: tollgate key add NAME',
				),
};

const keyName = /^[\d\-_a-z]{1,32}$/v;
export const isKeyName = (name: string): boolean => keyName.test(name);
export const keyNameRule =
	'Use up to 32 of: small letters, digits, "-" and "_".';

/**
The key that requests without a local key count for.
*/
export const defaultKey = 'default';
