import process from 'node:process';
import type {Pause} from '../control/steering.js';
import {showClock} from '../exchange/show.js';
import type {Given} from './command.js';
import {look} from './look.js';
import {notAsWished, wishFor} from './steering/confirmed.js';
import {untilOf} from './steering/how-long.js';
import {steeringInForce, type InForce} from './steering/in-force.js';
import {
	clockOf,
	leftInWords,
	pauseInWords,
	whatPausedMeans,
} from './steering/words.js';

/**
Makes new requests wait, or turns them away.
*/
export async function pause(given: Given): Promise<void> {
	const until = untilOf(given, Date.now());
	const sight = look(given);
	const inForce = await steeringInForce(sight);
	const wanted = wantedPause(given, inForce, until);
	if (wanted === undefined) {
		say(`Paused already ${pauseInWords(inForce.pause, Date.now())}.`);
		return;
	}

	const steering = await wishFor(sight.lock, inForce, 'pause', wanted);
	if (
		wanted.until !== null &&
		steering?.pause.setBy === 'time' &&
		steering.pause.value.mode === 'off'
	) {
		say(
			`It was paused until ${showClock(wanted.until, {seconds: true})}, and goes on.`,
		);
		return;
	}

	if (steering && steering.pause.value.mode !== wanted.mode) {
		throw notAsWished(
			`It is ${steering.pause.value.mode === 'off' ? 'not paused' : 'paused otherwise'}`,
			steering.pause,
		);
	}

	say(
		`${steering === undefined ? 'No passthrough takes requests now. When one starts, it is paused' : 'Paused'}${endInWords(wanted)}: ${whatPausedMeans(wanted.mode)}. To let them go: tollgate resume`,
	);
}

/**
Undefined where it is paused already, and nothing is said of how or how long.
*/
function wantedPause(
	{flags}: Given,
	{config, pause: {value: now}}: InForce,
	until: number | null,
): Pause | undefined {
	const isOff = now.mode === 'off';
	if (flags['refuse'] === true) {
		return now.mode === 'refuse' && until === null
			? undefined
			: {mode: 'refuse', until: until ?? (isOff ? null : now.until)};
	}

	return isOff || until !== null
		? {mode: isOff ? (config.hold?.mode ?? 'hold') : now.mode, until}
		: undefined;
}

function endInWords({until}: Pause): string {
	const nowMs = Date.now();
	return until === null
		? ''
		: ` for ${leftInWords(until - nowMs)} (until ${clockOf(until, nowMs)})`;
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}
