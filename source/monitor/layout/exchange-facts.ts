import type {Exchange} from '../../exchange/exchange.js';
import {limitWindows} from '../../exchange/limit-windows.js';
import {show, showCount, showDuration, showWait} from '../../exchange/show.js';
import {showLimit} from '../../exchange/show-limit.js';
import type {Words} from '../../exchange/said.js';
import {wordsFor} from '../../exchange/words.js';
import {asOfMs} from '../connection.js';
import {listedEntries, type Entry} from '../exchange-list.js';
import type {Model} from '../model.js';
import {queuePlaces} from '../queue-places.js';
import {isOpen, quietForMs, toneOf} from '../row-state.js';
import {steeringOf} from '../steering-of.js';
import type {Glyphs, Tone} from '../theme.js';
import {outputRate, tokensOf} from '../tokens-of.js';
import {gapOf, priceHint} from '../../pricing/price-hint.js';
import {attemptFacts} from './attempt-facts.js';
import {costInFull} from './cost-text.js';
import {fromOf} from './from.js';
import {heldInFull} from './held-text.js';
import {knownModels} from './known-models.js';
import {reasonTexts, targetText} from './reason.js';
import {breakerText, slotsText} from './standing.js';

export type Fact = readonly [label: string, text: string, tone?: Tone];

/**
All that is known of one exchange, in words; the text is empty for what is not known.
*/
export function factsOf(
	model: Model,
	entry: Entry,
	glyphs: Glyphs,
): readonly Fact[] {
	const {exchange, state} = entry;
	const nowMs = asOfMs(model);
	const queue =
		state === 'held'
			? queuePlaces(listedEntries(model)).get(exchange.id)
			: undefined;
	const why =
		reasonTexts(entry, {attempts: model.attempts, nowMs, queue})[0] ?? '';
	const words = wordsOf(model, entry, nowMs);
	return [
		[
			'state',
			`${glyphs[state]} ${[state, why].filter(Boolean).join(': ')}`,
			toneOf[state],
		],
		['held', isHeld(entry) ? heldInFull(entry.live, nowMs) : ''],
		['alias', aliasFact(entry)],
		['model', modelRoad(entry, glyphs)],
		['endpoint', [exchange.endpoint, exchange.path].filter(Boolean).join('  ')],
		['', standingFact(model, exchange, nowMs), 'warn'],
		['from', fromOf(exchange, Infinity, glyphs)],
		['session', exchange.session ?? ''],
		['side', exchange.side ? 'a side request, such as a title' : ''],
		['repeats', repeatText(entry)],
		['tokens', tokensText(entry, nowMs, glyphs)],
		['cache', cacheText(entry)],
		['cost', costInFull(exchange, glyphs), unpricedTone(entry)],
		...priceFacts(entry),
		['time', timeText(entry, nowMs)],
		[
			'quiet',
			quietText(entry, nowMs),
			state === 'stalled' ? 'warn' : undefined,
		],
		['status', statusText(entry)],
		['error', errorText(entry), 'bad'],
		['message', exchange.errorMessage ?? '', 'bad'],
		['cause', words?.cause ?? ''],
		['remedy', words?.remedy ?? ''],
		...attemptFacts(model, entry),
		['bytes', bytesText(entry)],
		[
			'tier',
			[exchange.serviceTier, exchange.speed, exchange.inferenceGeo]
				.filter(Boolean)
				.join('  '),
		],
		['oddities', (exchange.anomalies ?? []).join(', '), 'warn'],
		['hint', exchange.hint ?? ''],
		['request', exchange.requestId ?? ''],
		['message', exchange.messageId ?? ''],
		['limits', limitsText(entry)],
		[
			'started',
			exchange.startedAt === null ? '' : show('instant', exchange.startedAt),
		],
	];
}

const isHeld = ({exchange, live}: Entry): boolean =>
	isOpen(exchange) &&
	['held', 'queued'].includes(live?.state ?? exchange.state ?? '');

const aliasFact = ({exchange: {alias}, fallbacks}: Entry): string =>
	[alias, fallbacks > 0 ? targetText(fallbacks) : null]
		.filter(Boolean)
		.join('  ');

/**
Slots and breakers of its endpoint, where there is something to say of them.
*/
const standingFact = (
	model: Model,
	{endpoint, outcome}: Exchange,
	nowMs: number,
): string => {
	const standing =
		outcome === 'open'
			? steeringOf(model)?.endpoints.find(({name}) => name === endpoint)
			: undefined;
	return standing
		? [
				slotsText(standing),
				...standing.breakers.map((breaker) =>
					[breaker.model, breakerText(breaker, nowMs)]
						.filter(Boolean)
						.join(' '),
				),
			]
				.filter(Boolean)
				.join('  ')
		: '';
};

const unpricedTone = ({exchange}: Entry): Tone | undefined =>
	exchange.priceSource === 'unpriced' ? 'warn' : undefined;

/**
What to do about it, and what to write in the config.
*/
function priceFacts({exchange}: Entry): readonly Fact[] {
	if (exchange.priceSource !== 'unpriced') {
		return [];
	}

	const {advice, write} = priceHint(gapOf(exchange));
	return [advice, ...write]
		.filter((line) => line !== '')
		.map((line, index): Fact => [index === 0 ? 'to price' : '', line]);
}

const wordsOf = (
	model: Model,
	{exchange}: Entry,
	nowMs: number,
): Words | undefined =>
	wordsFor(exchange, {
		nowMs,
		// They are gathered from all that is in sight.
		models:
			exchange.errorClass === 'model_not_found'
				? knownModels(model)
				: undefined,
	});

const repeatText = ({exchange: {retryOf, waitedMs}}: Entry): string =>
	retryOf
		? `request ${retryOf}${waitedMs === null ? '' : ` after ${showDuration(waitedMs)}`}`
		: '';

const limitsText = ({exchange: {rateLimits, startedAt}}: Entry): string =>
	limitWindows(rateLimits ?? {}, startedAt ?? 0)
		.map((window) => showLimit(window))
		.join(', ');

const modelRoad = ({exchange, live}: Entry, glyphs: Glyphs): string => {
	const road = [
		exchange.askedModel,
		exchange.sentModel,
		exchange.servedModel ?? live?.servedModel,
	].filter((name) => name !== null && name !== undefined);
	return road
		.filter((name, index) => name !== road[index - 1])
		.join(` ${glyphs.arrow} `);
};

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

const cacheText = ({exchange}: Entry): string => {
	const {cacheReadTokens: read} = exchange;
	const written =
		(exchange.cacheWrite5mTokens ?? 0) + (exchange.cacheWrite1hTokens ?? 0);
	return [
		read ? `${showCount(read)} read` : '',
		written > 0 ? `${showCount(written)} written` : '',
		exchange.rebuiltTokens
			? `${showCount(exchange.rebuiltTokens)} of it had been there before`
			: '',
	]
		.filter(Boolean)
		.join('  ');
};

const timeText = ({exchange, live}: Entry, nowMs: number): string => {
	const {startedAt, endedAt, heldMs} = exchange;
	const firstAt = live?.firstTokenAt ?? exchange.firstTokenAt;
	return startedAt === null
		? ''
		: [
				`${showDuration((endedAt ?? nowMs) - startedAt)}${endedAt === null ? ' so far' : ''}`,
				firstAt === null
					? ''
					: `${showDuration(firstAt - startedAt)} to first token`,
				heldMs ? `${showDuration(heldMs)} held` : '',
			]
				.filter(Boolean)
				.join('  ');
};

const quietText = ({live, state}: Entry, nowMs: number): string =>
	state === 'stalled'
		? `${showWait(quietForMs(live, nowMs) ?? 0)} since the last byte`
		: '';

const statusText = ({exchange}: Entry): string =>
	[exchange.httpStatus ?? '', exchange.stopReason ?? '']
		.filter((part) => part !== '')
		.join('  ');

const errorText = ({exchange: {errorClass, errorType}}: Entry): string =>
	[errorClass, errorType === errorClass ? null : errorType]
		.filter(Boolean)
		.join('  ');

const bytesText = ({exchange, live}: Entry): string => {
	const {requestBytes} = exchange;
	const received = exchange.responseBytes ?? live?.responseBytes ?? null;
	return [
		requestBytes === null ? '' : `${showCount(requestBytes)} sent`,
		received === null ? '' : `${showCount(received)} received`,
	]
		.filter(Boolean)
		.join('  ');
};
