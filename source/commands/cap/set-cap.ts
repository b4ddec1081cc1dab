import {editConfig} from '../../config/edit-config.js';
import {settingLine} from '../../config/edit-toml.js';
import {homeFiles, prepareHome} from '../../config/home.js';
import {defaultKey, isKeyName} from '../../config/key-kinds.js';
import {nearest} from '../../config/nearest.js';
import {readChanges} from '../../control/control-rows.js';
import {openControl} from '../../control/wish.js';
import {showCents, showWhole} from '../../exchange/show.js';
import {openLogReadonly} from '../../usage-log/open-readonly.js';
import {UserError} from '../../user-error.js';
import {configTaken, type Taken} from '../config/config-taken.js';
import type {Sight} from '../look.js';
import {byCommand} from '../steering/confirmed.js';
import type {InForce} from '../steering/in-force.js';
import type {Of} from './asked.js';

type NewCap = Readonly<{
	key: string;
	/**
	Nano-dollars or tokens.
	*/
	amount: number;
	of: Of;
}>;

/**
Writes the daily cap of a key into the config, in place of what was set for today alone, and waits until it is in
force. Answers it in words.
*/
export async function setCap(
	sight: Sight,
	inForce: InForce,
	{key, amount, of}: NewCap,
): Promise<string> {
	const {keys} = await sight.config();
	refuseStranger(key, [
		...new Set([...keys.map(({name}) => name), defaultKey]),
	]);
	const {config: file} = homeFiles(sight.home);
	const name = of === 'tokens' ? 'daily_tokens' : 'daily_cap';
	const value = of === 'tokens' ? amount : amount / 1e9;
	prepareHome(sight.home);
	const isChanged = await editConfig({
		file,
		edits: () => [{section: ['keys', key], name, value}],
		byHand: `Write it by hand, under [keys.${key}]: ${settingLine(name, value)}`,
	});
	const editedAt = Date.now();
	takeBackToday(inForce, key, of);
	const is = `The cap of ${key} is ${of === 'tokens' ? `${showWhole(amount)} tokens` : showCents(amount)} a day`;
	return isChanged
		? `${is}${saidOf(await configTaken(sight.lock, editedAt))}, and stands in ${file}.`
		: `${is} already.`;
}

function saidOf(taken: Taken): string {
	switch (taken.kind) {
		case 'taken': {
			return ' from now on';
		}

		case 'kept': {
			return ' when a passthrough starts';
		}

		case 'not-taken': {
			throw new UserError(
				`It is written, but the passthrough that runs has not taken it${taken.why === undefined ? ' yet.' : `: ${taken.why}`}`,
				'What is in force: tollgate status',
			);
		}
	}
}

/**
What was raised for today alone would else go on to hold.
*/
function takeBackToday({log, home}: InForce, key: string, of: Of): void {
	if (!wasSet({log, home}, key)) {
		return;
	}

	using control = openControl(log);
	control.changeCap(
		home,
		key,
		(before) => ({
			from: 0,
			nanodollars: null,
			tokens: null,
			...before,
			[of]: null,
		}),
		byCommand(),
	);
}

function wasSet(
	{log, home}: Pick<InForce, 'log' | 'home'>,
	key: string,
): boolean {
	try {
		using opened = openLogReadonly(log);
		return Object.hasOwn(readChanges(opened.db, home).caps?.value ?? {}, key);
	} catch {
		// Nothing is kept where there is no log yet.
		return false;
	}
}

function refuseStranger(key: string, names: readonly string[]): void {
	if (names.includes(key)) {
		return;
	}

	const meant = nearest(key, names);
	throw new UserError(
		isKeyName(key)
			? `There is no key "${key}".`
			: 'There is no key of that name.',
		meant === undefined
			? `Keys: ${names.join(', ')}. To make one: tollgate key add NAME`
			: `Did you mean "${meant}"?`,
		{exitCode: 2},
	);
}
