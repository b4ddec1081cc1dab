import {markdownTable} from 'markdown-table';
import {showCents, showCount, showShare, showWhole} from '../exchange/show.js';
import type {Sums} from '../exchange/measures.js';
import {spanWords} from './dates.js';
import {lookOf} from './look.js';
import {emptySentence, isEmpty} from './screen.js';
import type {Summary} from './summary.js';
import {writtenOf} from './sums.js';
import {costText, count, nameText} from './words.js';

/**
A summary as it can be put into a page or a message: a sentence and a table.
*/
export function summaryMarkdown(summary: Summary): string {
	return isEmpty(summary)
		? `${emptySentence(summary)}\n`
		: `${sentence(summary)}\n\n${groupsTable(summary)}\n`;
}

function sentence({rule, span, total}: Summary): string {
	const requests = `${showWhole(total.requests)} ${count(total.requests, 'request')}`;
	const plan =
		total.planNanodollars === 0
			? ''
			: `, ${total.planNanodollars === total.costNanodollars ? 'all' : showCents(total.planNanodollars)} of it list price and covered by a plan (no bill)`;
	return `**${spanWords(rule, span).long}** (${rule.timezone}): ${costOf(total)}${plan}, ${requests}`;
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

function groupsTable({by, groups, total}: Summary): string {
	const rows = groups.map(({name, sums}) => [
		safe(nameText(by, name)),
		...cells(sums, total),
	]);
	return markdownTable(
		[[by, ...headings], ...rows, ['**total**', ...cells(total, total)]],
		{align: ['l', ...headings.map(() => 'r')]},
	);
}

const cells = (sums: Sums, total: Sums): readonly string[] => [
	showWhole(sums.requests),
	showCount(sums.inputTokens),
	showCount(sums.cacheReadTokens),
	showCount(writtenOf(sums)),
	showCount(sums.outputTokens),
	showWhole(sums.limited),
	costOf(sums),
	showShare(sums.costNanodollars, total.costNanodollars),
];

const {glyphs} = lookOf(80, false);
// A "<" would begin a tag.
const costOf = (sums: Sums): string =>
	costText(sums, glyphs).replace('<', '&lt;');

/**
Foreign text: no cell ends in it, and nothing in it is a link, a picture or a tag.
*/
const safe = (text: string): string =>
	text.replaceAll(/[!&*<>[\\\]_`|~]/g, String.raw`\$&`);
