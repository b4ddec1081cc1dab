import {markdownTable} from 'markdown-table';
import {showCents, showShare, showWhole} from '../exchange/show.js';
import type {Sums} from '../exchange/measures.js';
import {spanWords} from './dates.js';
import {doubtLines, hintInset} from './doubts.js';
import {troubleFigures, zoneWords} from './heading.js';
import {batches, mapped} from './lazily.js';
import {textOf} from './line.js';
import {lookOf, type Look} from './look.js';
import {emptySentence, isEmpty} from './screen.js';
import type {Summary} from './summary.js';
import {isCostUnknown, writtenOf} from './sums.js';
import {lossesOf} from './waste.js';
import {costText, count, nameText, tokensText} from './words.js';

/**
A summary as it can be put into a page or a message, in pieces: a sentence, a table, and a list of what went
wrong, what was wasted and what the figures lack.

@yields Whole lines.
*/
export function* summaryMarkdown(summary: Summary): Generator<string> {
	if (isEmpty(summary)) {
		yield `${emptySentence(summary)}\n`;
		return;
	}

	yield `${sentence(summary)}\n\n`;
	yield* groupsTable(summary);
	const more = notes(summary);
	yield more === '' ? '' : `\n${more}\n`;
}

function sentence({rule, span, total}: Summary): string {
	const requests = `${showWhole(total.requests)} ${count(total.requests, 'request')}`;
	const plan =
		total.planNanodollars === 0
			? ''
			: `, ${total.planNanodollars === total.costNanodollars ? 'all' : money(total.planNanodollars)} of it list price and covered by a plan (no bill)`;
	return `**${spanWords(rule, span).long}** (${safe(zoneWords(rule))}): ${costOf(total)}${plan}, ${requests}`;
}

const headings = [
	'requests',
	'in',
	'cached',
	'written',
	'out',
	'429',
	'cost',
	'share',
] as const;

type Row = readonly string[];

const linesAtOnce = 20;

/**
Gone through twice: a table in which columns stand in line cannot be begun before its last row is known.

@yields Lines.
*/
function* groupsTable({by, groups, total}: Summary): Generator<string> {
	const heading = [by, ...headings];
	const last = ['**total**', ...cells(total, total)];
	const rows = mapped(groups, ({name, sums}) => [
		safe(nameText(by, name)),
		...cells(sums, total),
	]);
	const widest = widestOf([heading, last], rows);
	yield* tableLines([heading, widest]).slice(0, 2);
	for (const batch of batches(rows, linesAtOnce)) {
		yield* tableLines([widest, ...batch]).slice(2);
	}

	yield* tableLines([widest, last]).slice(2);
}

const tableLines = (rows: readonly Row[]): readonly string[] =>
	markdownTable(rows, {align: ['l', ...headings.map(() => 'r')]})
		.split('\n')
		.map((line) => `${line}\n`);

/**
A row that is as wide as the widest in each column.
*/
function widestOf(few: readonly Row[], many: Iterable<Row>): Row {
	const widths = few[0]!.map(() => 0);
	const measure = (row: Row) => {
		for (const [index, {length}] of row.entries()) {
			widths[index] = Math.max(widths[index]!, length);
		}
	};

	for (const row of few) {
		measure(row);
	}

	for (const row of many) {
		measure(row);
	}

	return widths.map((width) => 'x'.repeat(width));
}

const cells = (sums: Sums, total: Sums): readonly string[] => [
	showWhole(sums.requests),
	tokensText(sums.inputTokens, sums),
	tokensText(sums.cacheReadTokens, sums),
	tokensText(writtenOf(sums), sums),
	tokensText(sums.outputTokens, sums),
	showWhole(sums.limited),
	costOf(sums),
	isCostUnknown(sums)
		? '-'
		: showShare(sums.costNanodollars, total.costNanodollars),
];

/**
What the table does not say, as a list.
*/
function notes({unpriced, partial, total}: Summary): string {
	const troubles = troubleFigures(total, look).map((line) => textOf(line));
	const losses = lossesOf(total).map(
		({what, nanodollars}) => `${what} ${money(nanodollars)}`,
	);
	const doubts = doubtLines({unpriced, partial}, look)
		.slice(1)
		.map((line) => textOf(line));
	return [
		...(troubles.length === 0 ? [] : [`- ${troubles.join(', ')}`]),
		...(losses.length === 0 ? [] : [`- waste: ${losses.join('; ')}`]),
		...doubts.flatMap((text, index) =>
			isHint(text)
				? [
						...(isHint(doubts[index - 1]) ? [] : ['', '  ```toml']),
						`  ${text.slice(hintInset.length)}`,
						...(isHint(doubts[index + 1]) ? [] : ['  ```', '']),
					]
				: [`- ${safe(text)}`],
		),
	]
		.join('\n')
		.trimEnd();
}

/**
A line of the config stands as it is, to be copied.
*/
const isHint = (text: string | undefined): boolean =>
	text?.startsWith(hintInset) === true;

/**
Sentences are not broken into lines.
*/
const look: Look = {...lookOf(80, false), width: 10_000};

// A "<" would begin a tag.
const escaped = (amount: string): string => amount.replace('<', '&lt;');
const costOf = (sums: Sums): string => escaped(costText(sums, look.glyphs));
const money = (nanodollars: number): string => escaped(showCents(nanodollars));

/**
Foreign text: no cell ends in it, and nothing in it is a link, a picture or a tag.
*/
const safe = (text: string): string =>
	text.replaceAll(/[!&*<>[\\\]_`|~]/g, String.raw`\$&`);
