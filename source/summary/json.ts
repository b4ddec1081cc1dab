import type {Sums} from '../exchange/measures.js';
import {priceHint} from '../pricing/price-hint.js';
import type {Doubt, Summary} from './summary.js';

/**
A summary for scripts: times in epoch milliseconds, `until` not in it; money in whole nano-dollars; `null`
where a fact is not known.
*/
export const summaryJson = (summary: Summary): string =>
	`${JSON.stringify({
		since: summary.span.fromMs,
		until: summary.span.toMs,
		timezone: summary.rule.timezone,
		startsAt: summary.rule.startsAt,
		by: summary.by,
		total: summary.total,
		groups: summary.groups.map(({name, sums}) => ({
			[summary.by]: known(name),
			...sums,
		})),
		usual: usualJson(summary),
		unpriced: summary.unpriced.map((doubt) => ({
			...named(doubt),
			unpriced: doubt.sums.unpriced,
			write: priceHint(doubt.model),
		})),
		partial: summary.partial.map((doubt) => ({
			...named(doubt),
			...lower(doubt.sums),
		})),
	})}\n`;

const known = (name: string): string | null => (name === '' ? null : name);

const named = ({model, endpoint}: Doubt) => ({
	model: known(model),
	endpoint: known(endpoint),
});

const lower = ({partial, missing, costNanodollars}: Sums) => ({
	partial,
	missing,
	costNanodollars,
});

function usualJson({usual}: Summary) {
	return usual === undefined
		? null
		: {
				costNanodollars: usual.nanodollars,
				days: usual.days,
				soFar: usual.soFar,
			};
}
