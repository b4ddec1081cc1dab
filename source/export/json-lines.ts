import type Database from 'better-sqlite3';
import {exchangeFields} from '../exchange/exchange.js';
import {jsonOf} from '../exchange/json-of.js';
import {rowReader} from '../usage-log/row.js';

type Row = Record<string, unknown>;
const readRow = rowReader<Row>(exchangeFields);

/**
Lines are handed over in pieces of about this many characters.
*/
const pieceLength = 65_536;

/**
Every exchange that changed after a revision, in the order of revisions: one JSON object a line, with
all names of the catalogue, `null` for what is not known. All are of the instant the first was asked
for; only a piece of them is in memory. Throws what SQLite throws where this is no usage log.

@yields Some 65,000 characters, whole lines.
*/
export function* jsonLines(
	db: Database.Database,
	{since}: {since: number},
): Generator<string, void> {
	const rows = db
		.prepare('SELECT * FROM exchanges WHERE revision > ? ORDER BY revision')
		.iterate(since);
	let piece = '';
	for (const row of rows) {
		piece += `${jsonOf(readRow(row))}\n`;
		if (!(piece.length >= pieceLength)) {
			continue;
		}

		yield piece;
		piece = '';
	}

	if (piece !== '') {
		yield piece;
	}
}
