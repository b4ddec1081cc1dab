import process from 'node:process';
import {aliasShown, asAsked} from '../exchange/as-asked.js';
import {nearest} from '../config/nearest.js';
import {printable} from '../config/printable.js';
import {type Active, type Change} from '../control/steering.js';
import {isPassing, switchTo} from '../control/switch-to.js';
import {UserError} from '../user-error.js';
import type {Given} from './command.js';
import {look, type Sight} from './look.js';
import {aliasLines} from './steering/alias-list.js';
import {notAsWished, wishFor} from './steering/confirmed.js';
import {requestsOf, untilOf} from './steering/how-long.js';
import {steeringInForce, type InForce} from './steering/in-force.js';
import {activeInWords, lastedInWords} from './steering/words.js';

/**
Shows the aliases, or makes one of them the active one.
*/
export async function alias(given: Given): Promise<void> {
	const nowMs = Date.now();
	const lasting = {
		until: untilOf(given, nowMs),
		requestsLeft: requestsOf(given),
	};
	const [name] = given.input;
	if (name === undefined && isPassing(lasting)) {
		throw new UserError(
			'This does not say which alias is to be active.',
			'Write: tollgate alias NAME --for 20m, or tollgate alias NAME --next 5',
			{exitCode: 2},
		);
	}

	const sight = look(given);
	const inForce = await steeringInForce(sight);
	if (name === undefined) {
		say(
			given.flags['json'] === true
				? JSON.stringify(inJson(inForce))
				: inWords(inForce, nowMs).join('\n'),
		);
		return;
	}

	const before = inForce.active.value;
	const wanted = switchTo(namedAlias(name, inForce), before, lasting);
	say(await switched(sight, inForce, wanted));
}

/**
The alias of that name, null for as asked. Throws a UserError where there is none.
*/
export function namedAlias(name: string, {config}: InForce): string | null {
	if (name === asAsked) {
		return null;
	}

	const names = config.aliases.map((one) => one.name);
	if (names.includes(name)) {
		return name;
	}

	const meant = nearest(name, [...names, asAsked]);
	throw new UserError(
		`There is no alias "${printable(name)}".`,
		`${meant === undefined ? '' : `Did you mean "${meant}"? `}${
			names.length === 0
				? 'The config has none: write [aliases.NAME] with targets = ["ENDPOINT/MODEL"] into it.'
				: `Aliases: ${[...names, asAsked].join(', ')}`
		}`,
		{exitCode: 2},
	);
}

async function switched(
	{lock}: Sight,
	inForce: InForce,
	wanted: Active,
): Promise<string> {
	const now = inForce.active.value;
	if (!isPassing(now) && now.alias === wanted.alias) {
		return `${aliasShown(now.alias)} is active already${isPassing(wanted) ? ', and stays so' : ''}.`;
	}

	const steering = await wishFor(lock, inForce, 'active', wanted);
	const nowMs = Date.now();
	if (steering === undefined) {
		return `No passthrough takes requests now. When one starts, ${activeInWords(wanted, nowMs, ' is active')}.`;
	}

	const {value} = steering.active;
	if (hasRunOut(wanted, steering.active)) {
		return `${aliasShown(wanted.alias)} was active ${lastedInWords(wanted, steering.active.setBy)}, ${activeInWords(value, nowMs, ' is active')} again.`;
	}

	if (value.alias !== wanted.alias) {
		throw notAsWished(
			`${aliasShown(value.alias)} is active, and not ${aliasShown(wanted.alias)}`,
			steering.active,
		);
	}

	return `${activeInWords(value, nowMs, ' is active')}.`;
}

/**
It was in force, and over before it could be said.
*/
const hasRunOut = (wanted: Active, {value, ...by}: Change<Active>): boolean =>
	isPassing(wanted) &&
	(by.setBy === 'count' || by.setBy === 'time') &&
	!isPassing(value) &&
	value.alias === wanted.then;

function inWords(
	{active, config, steering}: InForce,
	nowMs: number,
): readonly string[] {
	const words = activeInWords(active.value, nowMs, ' is active');
	return [
		steering === undefined
			? `When a passthrough starts, ${words}.`
			: `${words}.`,
		...aliasLines(config.aliases, active.value),
	];
}

const inJson = ({active, config, steering}: InForce) => ({
	active: active.value,
	inForce: steering !== undefined,
	aliases: config.aliases,
});

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}
