import type {Exchange} from '../../exchange/exchange.js';
import {showWhole} from '../../exchange/show.js';
import type {CallParts, CostPart, CostParts} from '../../pricing/cost-parts.js';
import type {Ratio} from '../../pricing/multipliers.js';
import type {Glyphs} from '../theme.js';
import {pad, steady, truncate, widthOf} from './fit-text.js';
import {lineWidth, type Line} from './line.js';

type Place = Readonly<{width: number; labelWidth: number; glyphs: Glyphs}>;

const labels: Readonly<Record<CostPart['of'], string>> = {
	input: ' in',
	cacheRead: ' cached',
	cacheWrite5m: ' write 5m',
	cacheWrite1h: ' write 1h',
	output: ' out',
	webSearch: ' searches',
};

/**
How a cost comes about, a class of tokens a line: the lines add up to the cost, to the last digit that is
shown. Nothing where figures would have to be cut.
*/
export function costLines(cost: CostParts, place: Place): readonly Line[] {
	const parts = cost.calls.flatMap((call) => call.parts);
	const places = placesFor([
		cost.nanodollars,
		...parts.map(({nanodollars}) => nanodollars),
	]);
	const counts = parts.map(({count}) => widthOf(showWhole(count)));
	const figures = {places, countWidth: Math.max(0, ...counts)};
	const sum: Line = [[`= ${dollars(cost.nanodollars, places)}`, 'bold']];
	const lines = [
		...cost.calls.flatMap((call, index) => [
			...(index === 0 ? [] : [callLine(call, place)]),
			...call.parts.flatMap((part) => partLines(call, part, figures, place)),
			...multiplierLines(call, place),
		]),
		...(parts.length > 1 ? [atRight('', [], sum, place)] : []),
	];
	return lines.every((line) => lineWidth(line) <= place.width) ? lines : [];
}

/**
The same classes without a price, for a cost that cannot be told apart.
*/
export function tokenLines(
	exchange: Exchange,
	{width, labelWidth, glyphs}: Place,
): readonly Line[] {
	const rows = (
		[
			[labels.input, exchange.inputTokens],
			[labels.cacheRead, exchange.cacheReadTokens],
			[labels.cacheWrite5m, exchange.cacheWrite5mTokens],
			[labels.cacheWrite1h, exchange.cacheWrite1hTokens],
			[labels.output, exchange.outputTokens],
			[labels.webSearch, exchange.webSearches],
		] as const
	).flatMap(([label, count]) =>
		count ? [[label, showWhole(count)] as const] : [],
	);
	const longest = Math.max(0, ...rows.map(([, count]) => count.length));
	return labelWidth + longest > width
		? []
		: rows.map(([label, count]) => [
				[pad(label, labelWidth, {cut: glyphs.cut}), 'dim'],
				[count.padStart(longest)],
			]);
}

const callLine = (
	{kind, model}: CallParts,
	{width, labelWidth, glyphs}: Place,
): Line => {
	const name = model === undefined ? '' : ` by ${steady(model, glyphs)}`;
	return [
		[pad('', labelWidth, {cut: glyphs.cut})],
		[truncate(`${kind}${name}`, width - labelWidth, glyphs.cut), 'dim'],
	];
};

function partLines(
	{multipliers}: CallParts,
	part: CostPart,
	{places, countWidth}: Readonly<{places: number; countWidth: number}>,
	place: Place,
): readonly Line[] {
	const {glyphs} = place;
	const factors =
		part.of === 'webSearch' ? [] : multipliers.map(({ratio}) => ratio);
	const unit = part.of === 'webSearch' ? '1k' : 'M';
	const left: Line = [
		[showWhole(part.count).padStart(countWidth)],
		[
			[
				'',
				`${dollars(part.rate, placesFor([part.rate], 0))}/${unit}`,
				...factors.map((ratio) => decimal(ratio)),
			].join(` ${glyphs.times} `),
			'dim',
		],
	];
	const right: Line = [[dollars(part.nanodollars, places)]];
	const line = atRight(labels[part.of], left, right, place);
	return lineWidth(line) <= place.width
		? [line]
		: [
				atRight(labels[part.of], left, [], place),
				atRight('', [], right, place),
			];
}

/**
Sums stand below each other, not further away than they can be read across.
*/
function atRight(
	label: string,
	left: Line,
	right: Line,
	{width, labelWidth, glyphs}: Place,
): Line {
	const head: Line = [
		[pad(label, labelWidth, {cut: glyphs.cut}), 'dim'],
		...left,
	];
	const room = Math.min(width, 58) - lineWidth(head) - lineWidth(right);
	return right.length === 0
		? head
		: [...head, [' '.repeat(Math.max(1, room))], ...right];
}

const why = {
	fast: 'fast mode',
	geography: 'served in the US',
	tier: 'by its service tier',
	endpoint: 'price_multiplier of the endpoint',
} as const;

const multiplierLines = (
	{multipliers}: CallParts,
	{width, labelWidth, glyphs}: Place,
): readonly Line[] =>
	multipliers.map((one) => [
		[pad('', labelWidth, {cut: glyphs.cut})],
		[
			truncate(
				`${glyphs.times} ${decimal(one.ratio)}: ${why[one.why]}`,
				width - labelWidth,
				glyphs.cut,
			),
			'dim',
		],
	]);

/**
All that we multiply by ends after nine digits.
*/
const decimal = ([over, under]: Ratio): string => String(over / under);

const nano = 9;

/**
Decimals that none of these nano-dollars loses by, `fewest` at least; two where there are any.
*/
function placesFor(amounts: readonly number[], fewest = 4): number {
	const needed = amounts.map((amount) => {
		let [rest, digits] = [amount % 10 ** nano, nano];
		while (rest > 0 && rest % 10 === 0) {
			rest /= 10;
			digits--;
		}

		return rest === 0 ? 0 : Math.max(2, digits);
	});
	return Math.max(fewest, ...needed);
}

/**
`$3`, `$0.30`, `$0.198036`: exact where `places` suffice.
*/
function dollars(nanodollars: number, places: number): string {
	const whole = Math.floor(nanodollars / 10 ** nano);
	const rest = String(nanodollars % 10 ** nano)
		.padStart(nano, '0')
		.slice(0, places);
	return `$${whole}${places === 0 ? '' : `.${rest}`}`;
}
