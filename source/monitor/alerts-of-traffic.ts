import type {Attempt, Exchange} from '../exchange/exchange.js';
import {showShare, showWait} from '../exchange/show.js';
import {wordsFor} from '../exchange/words.js';
import type {Alert} from './alerts.js';
import {asOfMs, isFresh, isThere} from './connection.js';
import {keyName} from './key-name.js';
import {isLimited} from './limit-rates.js';
import type {Model} from './model.js';
import {isOpen, quietForMs} from './row-state.js';
import {steeringOf} from './steering-of.js';
import {modelOf} from './tokens-of.js';

/**
What is wrong with requests under way: streams that say nothing, storms of refusals, endpoints let be.
*/
export const trafficAlerts = (model: Model): readonly Alert[] => [
	...stalledAlerts(model),
	...stormAlert(model),
	...breakerAlerts(model),
];

/**
A row is marked long before; models that think can be silent for a while.
*/
const stalledMs = 30_000;

function stalledAlerts(model: Model): readonly Alert[] {
	if (!isFresh(model)) {
		return [];
	}

	return Array.from(model.exchanges.values())
		.filter((exchange) => isOpen(exchange))
		.flatMap((exchange): readonly Alert[] => {
			const live = model.live.get(exchange.id);
			const quiet = quietForMs(live, asOfMs(model)) ?? 0;
			return quiet < stalledMs
				? []
				: [
						{
							id: `stalled ${exchange.id}`,
							sinceMs: live?.lastByteAt ?? undefined,
							tone: 'warn',
							text: `Request ${exchange.id} (${modelOf(exchange, live)}) sends nothing for ${showWait(quiet)}.`,
							remedy: model.readOnly
								? 'idle_timeout in [server] ends it in time.'
								: `${keyName(model, 'cancel')} cancels it; idle_timeout in [server] ends it in time.`,
							exchange: exchange.id,
						},
					];
		});
}

const stormSpanMs = 300_000;
const fewestAttempts = 10;
const stormShare = 0.2;

/**
More than a fifth of the attempts of five minutes turned away.
*/
function stormAlert(model: Model): readonly Alert[] {
	const recent = Array.from(model.attempts.values()).filter(
		({startedAt, endedAt}) =>
			startedAt !== null &&
			endedAt !== null &&
			startedAt > model.nowMs - stormSpanMs,
	);
	const limited = recent
		.filter((attempt) => isLimited(attempt))
		.toSorted((one, other) => one.startedAt! - other.startedAt!);
	const last = limited.at(-1);
	if (
		last === undefined ||
		recent.length < fewestAttempts ||
		limited.length <= recent.length * stormShare
	) {
		return [];
	}

	const words = wordsFor(toldOf(last, model.exchanges), {nowMs: model.nowMs});
	return [
		{
			id: 'storm',
			sinceMs: limited[0]!.startedAt!,
			tone: 'bad',
			text: `${limited.length} of the last ${recent.length} tries were turned away (${showShare(limited.length, recent.length)} in 5 minutes). ${words?.cause ?? ''}`.trim(),
			remedy: words?.remedy ?? '',
			exchange: last.exchange ?? undefined,
		},
	];
}

/**
Of its last try an exchange knows more than the try itself.
*/
const toldOf = (
	attempt: Attempt,
	exchanges: ReadonlyMap<number, Exchange>,
): Attempt | Exchange => {
	const exchange = exchanges.get(attempt.exchange ?? -1);
	return exchange && !isOpen(exchange) && exchange.attempts === attempt.number
		? exchange
		: attempt;
};

const breakerAlerts = (model: Model): readonly Alert[] =>
	(isThere(model) ? (steeringOf(model)?.endpoints ?? []) : []).flatMap(
		({name, breakers}) =>
			breakers.map(({model: target, state, until}): Alert => {
				const what = [name, target].filter(Boolean).join('/');
				const wait = until - asOfMs(model);
				return {
					id: `breaker ${what}`,
					sinceMs: undefined,
					tone: 'warn',
					text: `${what} failed too often and is let be${state === 'probing' ? ': one request finds out now.' : wait > 0 ? ` for ${showWait(wait)} more.` : '.'}`,
					remedy: `Other targets of the alias are used meanwhile; ${model.readOnly ? '"tollgate alias"' : keyName(model, 'alias')} picks another one.`,
				};
			}),
	);
