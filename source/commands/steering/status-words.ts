import type {EndpointStanding} from '../../control/steering.js';
import {showInstant} from '../../exchange/show.js';
import type {InForce} from './in-force.js';
import {activeInWords, clockOf, pauseInWords} from './words.js';

/**
How it is steered, in lines with a word before each. What is as ever is left out.
*/
export function steeringInWords(
	{active, pause, config, steering}: InForce,
	nowMs: number,
): readonly string[] {
	const kept = steering === undefined ? 'when a passthrough starts: ' : '';
	const isSteered = config.aliases.length > 0 || active.value.alias !== null;
	return [
		...(isSteered
			? [`active       ${kept}${activeInWords(active.value, nowMs)}`]
			: []),
		...(pause.value.mode === 'off'
			? []
			: [`PAUSED       ${kept}${pauseInWords(pause, nowMs)}`]),
		...(steering?.endpoints ?? []).flatMap((standing) =>
			standingInWords(standing, nowMs),
		),
		...(steering?.configProblem
			? [
					`config       BROKEN, what was read at ${showInstant(steering.configReadAt)} stays in force: ${steering.configProblem}`,
				]
			: []),
		...(steering && steering.needsRestart.length > 0
			? [
					`config       ${steering.needsRestart.join(', ')}: in force after a restart`,
				]
			: []),
	];
}

function standingInWords(
	{name, slots, maxSlots, queued, breakers}: EndpointStanding,
	nowMs: number,
): readonly string[] {
	const waiting = queued === 0 ? '' : `, ${queued} waiting`;
	return [
		...(slots < maxSlots || queued > 0
			? [`slots        ${name}: ${slots} of ${maxSlots}${waiting}`]
			: []),
		...breakers.map(({model, state, until}) => {
			const target = model === null ? name : `${name}/${model}`;
			return state === 'probing'
				? `let be       ${target}: one request finds out whether it works again`
				: `let be       ${target} until ${clockOf(until, nowMs)}: it failed too often`;
		}),
	];
}
