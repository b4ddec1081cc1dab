import process from 'node:process';
import {nearest} from '../config/nearest.js';
import {UserError} from '../user-error.js';
import {askedOf, type Asked} from './cap/asked.js';
import {isCapped, keyInJson, standingInWords} from './cap/in-words.js';
import {keysIn, type KeyNow, type KeysNow} from './cap/keys-now.js';
import type {Given} from './command.js';
import {clockIn} from './days-in-force.js';
import {look, type Sight} from './look.js';
import {steeringInForce, type InForce} from './steering/in-force.js';

/**
Shows how keys stand against their caps, or changes a cap.
*/
export async function cap(given: Given): Promise<void> {
	const asked = askedOf(given.input);
	const sight = look(given);
	const inForce = await steeringInForce(sight);
	if (asked.amount !== undefined) {
		say(await changed(sight, inForce, asked));
		return;
	}

	const now = await keysIn(sight, inForce);
	const keys = asked.key === undefined ? now.keys : [keyNamed(asked.key, now)];
	say(
		given.flags['json'] === true
			? JSON.stringify({keys: keys.map((key) => keyInJson(key, now.day))})
			: await lines(keys, now),
	);
}

async function changed(
	sight: Sight,
	inForce: InForce,
	{key: name, amount, of}: Asked,
): Promise<string> {
	if (!amount!.isMore) {
		const [{setCap}, {keys}] = await Promise.all([
			import('./cap/set-cap.js'),
			sight.config(),
		]);
		return setCap(sight, inForce, {
			key: name ?? onlyOf(keys),
			amount: amount!.value,
			of,
		});
	}

	const [{raiseToday}, now] = await Promise.all([
		import('./cap/raise-today.js'),
		keysIn(sight, inForce),
	]);
	const known = now.keys.filter(({isKnown}) => isKnown);
	const key = keyNamed(name ?? onlyOf(known), now);
	return raiseToday(sight, inForce, {...now, key, more: amount!.value, of});
}

/**
Without a key in the config there is that of everybody.
*/
function onlyOf(known: ReadonlyArray<Readonly<{name: string}>>): string {
	if (known.length > 1) {
		throw new UserError(
			'This does not say which key is meant.',
			`Write: tollgate cap KEY AMOUNT. Keys: ${known.map(({name}) => name).join(', ')}`,
			{exitCode: 2},
		);
	}

	return known[0]?.name ?? 'default';
}

function keyNamed(name: string, {keys}: KeysNow): KeyNow {
	const found = keys.find((key) => key.name === name);
	if (found !== undefined) {
		return found;
	}

	const names = keys.map((key) => key.name);
	const meant = nearest(name, names);
	throw new UserError(
		`There is no key ${shownName(name)}.`,
		`${meant === undefined ? '' : `Did you mean "${meant}"? `}Keys: ${names.join(', ')}`,
		{exitCode: 2},
	);
}

/**
A secret may have been given for its name: that is not repeated.
*/
const shownName = (name: string): string =>
	/^[\w\-.]{1,32}$/v.test(name) ? `"${name}"` : 'of that name';

async function lines(
	keys: readonly KeyNow[],
	{day, rule}: KeysNow,
): Promise<string> {
	const width = Math.max(...keys.map(({name}) => name.length));
	const resets = `, resets at ${await clockIn(rule, day.to)}`;
	return keys
		.map(
			(key) =>
				`${key.name.padEnd(width)}  ${standingInWords(key)}${isCapped(key) ? resets : ''}`,
		)
		.join('\n');
}

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}
