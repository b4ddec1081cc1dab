import process from 'node:process';
import type {Given} from './command.js';
import {look} from './look.js';
import {notAsWished, wishFor} from './steering/confirmed.js';
import {steeringInForce} from './steering/in-force.js';

/**
Lets requests go on.
*/
export async function resume(given: Given): Promise<void> {
	const sight = look(given);
	const inForce = await steeringInForce(sight);
	if (inForce.pause.value.mode === 'off') {
		say('It is not paused.');
		return;
	}

	const off = {mode: 'off', until: null} as const;
	const steering = await wishFor(sight.lock, inForce, 'pause', off);
	if (steering && steering.pause.value.mode !== 'off') {
		throw notAsWished('It is paused all the same', steering.pause);
	}

	say(
		steering === undefined
			? 'No passthrough takes requests now. When one starts, it is not paused.'
			: 'Resumed: what waited goes on, in order.',
	);
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}
