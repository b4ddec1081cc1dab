import process from 'node:process';
import {inKnownZone} from '../calendar/day.js';
import {rangeOf} from '../calendar/range.js';
import {nearest} from '../config/nearest.js';
import {either} from '../config/problem.js';
import {needsAscii} from '../monitor/theme.js';
import {gather} from '../summary/gather.js';
import {paintEach} from '../summary/line.js';
import {lookOf} from '../summary/look.js';
import {groupScreen, screen} from '../summary/screen.js';
import {groupings, type Grouping, type Summary} from '../summary/summary.js';
import {sumReader} from '../summary/sum-reader.js';
import {UserError} from '../user-error.js';
import type {Given} from './command.js';
import {daysInForce} from './days-in-force.js';
import {look} from './look.js';
import {print} from './print.js';
import {readLogSlowly} from './read-log.js';
import {wantsColour} from './terminal.js';
import {wholeFlag} from './whole-flag.js';

/**
Prints what a stretch of time cost, where it went and what was wasted.
*/
export async function summary(given: Given): Promise<void> {
	const {flags} = given;
	const by = groupingOf(flags['by'] as string | undefined);
	const shape = shapeOf(flags);
	const columns = wholeFlag(flags['columns'], {
		name: 'columns',
		from: 32,
		to: 1000,
	});
	const {log, rule: told} = await daysInForce(look(given));
	const rule = inKnownZone(told);
	const nowMs = Date.now();
	const span = rangeOf(
		rule,
		{
			date: flags['date'] as string | undefined,
			since: flags['since'] as string | undefined,
			until: flags['until'] as string | undefined,
			week: flags['week'] === true,
			month: flags['month'] === true,
		},
		nowMs,
	);
	await readLogSlowly(log, async (db) => {
		const gathered = gather(sumReader(db), {
			rule,
			span,
			nowMs,
			by: by ?? 'model',
			groupsOnly: by !== undefined || shape !== 'screen',
		});
		await print(await inShape(shape, gathered, {by, columns, flags}));
	});
}

type Shape = 'screen' | 'json' | 'csv' | 'markdown';

async function inShape(
	shape: Shape,
	gathered: Summary,
	{
		by,
		columns,
		flags,
	}: Readonly<{
		by: Grouping | undefined;
		columns: number | undefined;
		flags: Given['flags'];
	}>,
): Promise<Iterable<string>> {
	switch (shape) {
		case 'json': {
			const {summaryJson} = await import('../summary/json.js');
			return summaryJson(gathered);
		}

		case 'csv': {
			const {summaryCsv} = await import('../summary/csv.js');
			return summaryCsv(gathered);
		}

		case 'markdown': {
			const {summaryMarkdown} = await import('../summary/markdown.js');
			return summaryMarkdown(gathered);
		}

		case 'screen': {
			const {stdout, env} = process;
			const isAscii = flags['ascii'] === true || needsAscii(env);
			const drawn = by === undefined ? screen : groupScreen;
			const width = columns ?? (stdout.isTTY ? stdout.columns : undefined);
			return paintEach(
				drawn(gathered, lookOf(width ?? 80, isAscii)),
				wantsColour(env, stdout.isTTY),
			);
		}
	}
}

function groupingOf(value: string | undefined): Grouping | undefined {
	if (value === undefined) {
		return undefined;
	}

	const grouping = groupings.find((one) => one === value);
	if (grouping === undefined) {
		const near = nearest(value, groupings);
		throw new UserError(
			`--by ${value} is nothing that can be summed by.`,
			`${near === undefined ? '' : `Did you mean ${near}? `}It may be ${either(groupings)}.`,
			{exitCode: 2},
		);
	}

	return grouping;
}

function shapeOf(flags: Given['flags']): Shape {
	const shapes = (['json', 'csv', 'markdown'] as const).filter(
		(shape) => flags[shape] === true,
	);
	const [first, second] = shapes;
	if (second !== undefined) {
		throw new UserError(
			`--${first} and --${second} do not go together.`,
			'Write one of them, or none for a screen.',
			{exitCode: 2},
		);
	}

	return first ?? 'screen';
}
