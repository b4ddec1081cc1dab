import type {Span} from '../calendar/day.js';
import {cleanName} from '../exchange/clean.js';
import type {Sums} from '../exchange/measures.js';
import type {Gap} from '../pricing/price-exchange.js';
import type {UnpricedRow} from '../usage-log/unpriced.js';
import type {Named, SumReader} from './sum-reader.js';
import type {Unpriced} from './summary.js';

/**
What has no price, and why. How many there are the sums say; why they have none, only rows that are still
there: of the others it is taken to be what most of their kind lack, or else their model.
*/
export function unpricedOf(
	reader: SumReader,
	span: Span,
	rows: ReadonlyArray<Sums & Named>,
): readonly Unpriced[] {
	const lacking = rows.filter(({unpriced}) => unpriced > 0);
	const told = lacking.length === 0 ? [] : reader.unpriced(span);
	return lacking
		.flatMap((row) => byGap(row, told))
		.toSorted((a, b) => b.answers - a.answers);
}

function byGap(
	{model = '', endpoint = '', unpriced}: Sums & Named,
	told: readonly UnpricedRow[],
): readonly Unpriced[] {
	const mine = told.filter(
		(row) => row.model === model && row.endpoint === endpoint,
	);
	const untold = mine.reduce((rest, row) => rest - row.exchanges, unpriced);
	const names = {model: cleanName(model), endpoint: cleanName(endpoint)};
	return mine.length === 0
		? [{...names, gap: clean({model, lacks: 'model'}), answers: unpriced}]
		: mine.map(({unpricedModel, unpricedFor, exchanges}, index) => ({
				...names,
				gap: clean({model: unpricedModel, lacks: unpricedFor}),
				answers: index === 0 ? exchanges + untold : exchanges,
			}));
}

const clean = ({model, lacks}: Gap): Gap => ({
	model: cleanName(model ?? '') || null,
	lacks,
});
