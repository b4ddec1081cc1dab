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
		unpriced: summary.unpriced.map(({gap, answers, ...names}) => ({
			...named(names),
			unpriced: answers,
			unpricedModel: gap.model,
			unpricedFor: gap.lacks,
			write: priceHint(gap).write,
		})),
		partial: summary.partial.map((doubt) => ({
			...named(doubt),
			partial: doubt.sums.partial,
			missing: doubt.sums.missing,
		})),
	})}\n`;

const known = (name: string): string | null => (name === '' ? null : name);

const named = ({model, endpoint}: Pick<Doubt, 'model' | 'endpoint'>) => ({
	model: known(model),
	endpoint: known(endpoint),
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
