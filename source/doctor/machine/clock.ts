import fs from 'node:fs';
import {homeFiles} from '../../config/home.js';
import {showDuration, showInstant} from '../../exchange/show.js';
import {logOf} from './log.js';
import {bad, ok, warn, type MachineCheck} from './remark.js';
import type {Scene} from './scene.js';

/**
This program is younger than that.
*/
const earliestMs = Date.UTC(2026, 0, 1);
const toleranceMs = 120_000;
const remedy =
	'Let the system set its clock from the network; days and caps are counted by it.';

export const clockCheck: MachineCheck = {
	check: 'clock',
	look(scene) {
		const now = scene.now();
		if (now < earliestMs) {
			return [
				bad(`The clock says ${showInstant(now)}, which is past.`, remedy),
			];
		}

		const {endpointClock} = scene;
		const offMs = endpointClock && endpointClock.atMs - endpointClock.saidMs;
		if (offMs !== undefined && Math.abs(offMs) > toleranceMs) {
			return [
				warn(
					`The clock is ${showDuration(Math.abs(offMs))} ${offMs > 0 ? 'ahead of' : 'behind'} that of the endpoint.`,
					remedy,
				),
			];
		}

		const ahead = newestOf(scene);
		return [
			ahead !== undefined && ahead.atMs - now > toleranceMs
				? warn(
						`The clock says ${showInstant(now)}, and ${ahead.file} was written at ${showInstant(ahead.atMs)}.`,
						remedy,
					)
				: ok(
						offMs === undefined
							? `The clock says ${showInstant(now)}.`
							: 'The clock agrees with that of the endpoint.',
					),
		];
	},
};

function newestOf(
	scene: Scene,
): Readonly<{file: string; atMs: number}> | undefined {
	const {config, crashLog, state} = homeFiles(scene.home);
	return [config, crashLog, logOf(scene), state('passthrough.json')]
		.flatMap((file) => {
			const atMs = writtenAt(file);
			return atMs === undefined ? [] : [{file, atMs}];
		})
		.toSorted((one, other) => other.atMs - one.atMs)[0];
}

function writtenAt(file: string): number | undefined {
	try {
		return fs.statSync(file, {throwIfNoEntry: false})?.mtimeMs;
	} catch {
		// In a folder that cannot be looked into.
		return undefined;
	}
}
