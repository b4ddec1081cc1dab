import {aliasOrNone} from '../../exchange/as-asked.js';
import type {Config} from '../../config/config.js';
import {isLockHeld, readHolder, type Holder} from '../../control/lock.js';
import {readChanges} from '../../control/control-rows.js';
import type {
	PassthroughRow,
	PublishedConfig,
} from '../../control/passthrough-row.js';
import {readPassthroughs} from '../../control/passthroughs.js';
import {
	type Active,
	type Change,
	type Changes,
	type Pause,
	type Steering,
} from '../../control/steering.js';
import {insteadOfGone, switchTo} from '../../control/switch-to.js';
import {atTime, pauseAtTime} from '../../policy/switches.js';
import {openLogReadonly} from '../../usage-log/open-readonly.js';
import type {Sight} from '../look.js';

/**
What holds: as the passthrough that runs says, else what the next one will begin with.
*/
export type InForce = Readonly<{
	/**
	Where wishes are written, and the name of the home in it.
	*/
	log: string;
	home: string;
	config: PublishedConfig;
	active: Change<Active>;
	pause: Change<Pause>;
	/**
	The word of a passthrough that runs; undefined where none does that can be steered.
	*/
	steering: Steering | undefined;
}>;

/**
Throws a UserError where nothing runs and the config is wrong.
*/
export async function steeringInForce(sight: Sight): Promise<InForce> {
	const holder = isLockHeld(sight.lock) ? readHolder(sight.lock) : undefined;
	const row = holder && rowOf(holder);
	if (row?.steering && row.state === 'serving') {
		const {home, config, steering} = row;
		const {active, pause} = steering;
		return {log: holder!.log, home, config, active, pause, steering};
	}

	const [config, {publishedConfig}] = await Promise.all([
		sight.config(),
		import('../../config/published.js'),
	]);
	const log = holder?.log ?? config.server.log;
	const home = row?.home ?? sight.home.data;
	return {
		log,
		home,
		config: row?.config ?? publishedConfig(config),
		...soonInForce(keptChanges(log, home), config, Date.now()),
		steering: undefined,
	};
}

/**
What a passthrough says of itself beside its log; undefined where the log tells nothing of it.
*/
export function rowOf({instance, log}: Holder): PassthroughRow | undefined {
	try {
		using opened = openLogReadonly(log);
		return readPassthroughs(opened.db).find((row) => row.instance === instance);
	} catch {
		// What is wrong with the log is told by whoever writes it.
		return undefined;
	}
}

/**
What a passthrough that starts now finds, by what was kept and by the config.
*/
export function soonInForce(
	{active, pause}: Changes,
	config: Pick<Config, 'routing' | 'aliases'>,
	nowMs: number,
): Pick<InForce, 'active' | 'pause'> {
	return {
		active: soonActive(active, config, nowMs),
		pause: pause
			? {...pause, ...pauseAtTime(pause.value, nowMs)}
			: {...untouched(nowMs), value: {mode: 'off', until: null}},
	};
}

function soonActive(
	kept: Change<Active> | undefined,
	{routing, aliases}: Pick<Config, 'routing' | 'aliases'>,
	nowMs: number,
): Change<Active> {
	const first = aliasOrNone(routing.active);
	if (kept === undefined || isFromConfig(kept)) {
		return {...untouched(nowMs), value: switchTo(first, undefined)};
	}

	const now = {
		...kept,
		...insteadOfGone(kept.value, {
			first,
			isAlias: (name) => aliases.some((one) => one.name === name),
		}),
	};
	return {...now, ...atTime(now.value, nowMs)};
}

/**
Nobody chose it: what the config says now counts.
*/
const isFromConfig = (change: Change<unknown>): boolean =>
	change.setBy === 'config' && change.reason === null;

const untouched = (nowMs: number) =>
	({change: 0, setBy: 'config', setAt: nowMs, reason: null}) as const;

function keptChanges(log: string, home: string): Changes {
	try {
		using opened = openLogReadonly(log);
		return readChanges(opened.db, home);
	} catch {
		// None yet, or one that cannot be read: nothing is kept there.
		return {};
	}
}
