import process from 'node:process';
import type {KeyConfig} from '../../config/config.js';
import {showInstant} from '../../exchange/show.js';
import {keyInJson, standingInWords} from '../cap/in-words.js';
import {keysIn, type KeyNow, type KeysNow} from '../cap/keys-now.js';
import type {Given} from '../command.js';
import {look} from '../look.js';
import {steeringInForce} from '../steering/in-force.js';

/**
Lists the keys: who has a secret, what was spent today, when each was seen last and by whom.
*/
export async function listKeys(given: Given): Promise<void> {
	const sight = look(given);
	const [inForce, config] = await Promise.all([
		steeringInForce(sight),
		sight.config(),
	]);
	const now = await keysIn(sight, inForce);
	const rows = rowsOf(config.keys, now);
	process.stdout.write(
		given.flags['json'] === true
			? `${JSON.stringify({keys: rows.map((row) => rowInJson(row, now))})}\n`
			: linesOf(rows),
	);
}

type Row = KeyNow & Readonly<{hasSecret: boolean}>;

/**
Those of the config, and those that were used today without being there.
*/
const rowsOf = (keys: readonly KeyConfig[], now: KeysNow): readonly Row[] =>
	now.keys.map((key) => ({
		...key,
		hasSecret: keys.some(
			(one) => one.name === key.name && one.hash !== undefined,
		),
	}));

const rowInJson = (row: Row, {day}: KeysNow) => ({
	...keyInJson(row, day),
	hasSecret: row.hasSecret,
	lastSeenAt: row.seen?.lastSeenAt ?? null,
	client: row.seen?.client ?? null,
});

function linesOf(rows: readonly Row[]): string {
	const cells = rows.map((row) => [
		row.name,
		row.hasSecret ? 'has a secret' : 'no secret',
		standingInWords(row),
		seenInWords(row),
	]);
	const widths = [0, 1, 2].map((column) =>
		Math.max(...cells.map((row) => row[column]!.length)),
	);
	return cells
		.map(
			(row) =>
				`${row
					.map((cell, column) => cell.padEnd(widths[column] ?? 0))
					.join('  ')
					.trimEnd()}\n`,
		)
		.join('');
}

function seenInWords({seen}: Row): string {
	if (seen === undefined) {
		return 'never seen';
	}

	const {lastSeenAt, client} = seen;
	return `last seen ${showInstant(lastSeenAt)}${client === null ? '' : ` (${client})`}`;
}
