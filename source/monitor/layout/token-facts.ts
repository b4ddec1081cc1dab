import type {Exchange} from '../../exchange/exchange.js';
import {showCount, showMoney} from '../../exchange/show.js';
import type {Entry} from '../exchange-list.js';
import type {Glyphs} from '../theme.js';
import {outputRate, tokensOf} from '../tokens-of.js';
import type {Fact} from './exchange-facts.js';

/**
What was asked and answered, in tokens; the text is empty for what is not known.
*/
export const tokenFacts = (
	entry: Entry,
	nowMs: number,
	glyphs: Glyphs,
): readonly Fact[] => [
	['tokens', tokensText(entry, nowMs, glyphs)],
	['cache', cacheText(entry)],
	['', rebuiltText(entry.exchange), 'warn'],
];

const tokensText = (
	{exchange, live}: Entry,
	nowMs: number,
	glyphs: Glyphs,
): string => {
	const {prompt, output, proof} = tokensOf(exchange, live);
	const rate = outputRate(exchange, live, nowMs);
	const mark = {
		exact: '',
		estimate: '~',
		atLeast: glyphs.atLeast,
		missing: '',
	}[proof];
	return [
		prompt === undefined ? '' : `${showCount(prompt)} in`,
		output === undefined
			? proof === 'missing'
				? '? out, usage was not sent'
				: ''
			: `${mark}${showCount(output)} out`,
		exchange.reasoningTokens
			? `${showCount(exchange.reasoningTokens)} of it reasoning`
			: '',
		rate === undefined ? '' : `${showCount(rate)} t/s`,
	]
		.filter(Boolean)
		.join('  ');
};

/**
What a prompt cache that was broken has cost.
*/
const rebuiltText = ({rebuiltTokens, rebuiltNanodollars}: Exchange): string =>
	rebuiltTokens
		? `The prompt cache was broken: ${showCount(rebuiltTokens)} written anew${rebuiltNanodollars ? `, ${showMoney(rebuiltNanodollars)} more than reading them` : ''}.`
		: '';

const cacheText = ({exchange}: Entry): string => {
	const {cacheReadTokens: read} = exchange;
	const written =
		(exchange.cacheWrite5mTokens ?? 0) + (exchange.cacheWrite1hTokens ?? 0);
	return [
		read ? `${showCount(read)} read` : '',
		written > 0 ? `${showCount(written)} written` : '',
	]
		.filter(Boolean)
		.join('  ');
};
