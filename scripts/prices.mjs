// Makes the price catalogue from published price data: npm run prices
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {findProvider} from '@pydantic/genai-prices';

const root = path.resolve(import.meta.dirname, '..');
const first = {name: '@earendil-works/pi-ai', version: '1.5.2'};
const second = {
	name: '@pydantic/genai-prices',
	version: JSON.parse(
		fs.readFileSync(
			path.join(root, 'node_modules/@pydantic/genai-prices/package.json'),
			'utf8',
		),
	).version,
};
const date = new Date().toISOString().slice(0, 10);

/**
Who is in the catalogue: under which name in either source, and what belongs to others.

The makers come first: a model id that a gateway gives is looked for with them.
*/
const providers = [
	{name: 'anthropic', other: 'anthropic', webSearchPer1k: 10},
	{
		name: 'openai',
		other: 'openai',
		webSearchPer1k: 10,
		// Sold by others, or by more than its text.
		isOthers: /gpt-oss|audio|tts|image|search|^ft:|\.ft-|:/v,
	},
	{name: 'google', other: 'google', isOthers: /claude/v},
	{name: 'deepseek', other: 'deepseek'},
	{name: 'zai', other: 'zai'},
	{name: 'moonshotai', other: 'moonshotai'},
	{name: 'xai', other: 'x-ai'},
	{
		name: 'mistral',
		other: 'mistral',
		isOthers: /^(?:zai-)?glm-|^deepseek-/v,
	},
	{name: 'minimax', other: 'minimax'},
	{name: 'xiaomi'},
	{name: 'meta'},
	{name: 'amazon-bedrock'},
	{name: 'groq'},
	{name: 'cerebras'},
	{name: 'together'},
	{name: 'fireworks'},
];

// Looked for without their date.
const dated = /-\d{4}-\d{2}-\d{2}$|-\d{8}$/v;
const folder = unpacked(first);
const sections = providers.map((provider) => {
	const known = new Map(firstRows(provider, folder));
	const gaps = secondRows(provider, known);
	const rows = new Map([...gaps, ...known]);
	return {
		...provider,
		rows: [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)),
	};
});
fs.rmSync(folder, {recursive: true});

refuseContradictions(sections);
const text = sections
	.flatMap(({name, webSearchPer1k, rows}) => [
		`# ${name}${webSearchPer1k === undefined ? '' : ` web-search ${webSearchPer1k}`}`,
		...rows.map(([id, row]) => line(id, row)),
	])
	.join('\n');
fs.writeFileSync(
	path.join(root, 'source/pricing/catalogue-data.ts'),
	`// Made by scripts/prices.mjs (npm run prices): do not edit by hand.
export const provenance = {
	date: '${date}',
	sources: ['${first.name} ${first.version}', '${second.name} ${second.version}'],
} as const;

/**
A heading for each provider, a line for each model: its id, then US dollars for a million tokens of
input, output, cache reads, cache writes for 5 minutes and for 1 hour, then the context window. A group
that begins with \`>\` has the rates for prompts of more tokens than that. \`-\` is not known. A line
that ends in \`2\` comes from the second source.
*/
export const catalogueText = \`
${text}
\`;
`,
);
process.stdout.write(
	`${sections.map(({name, rows}) => `${name} ${rows.length}`).join(', ')}\n`,
);

/**
A gateway does not say whose a model is: what two makers call the same must cost the same.
@param all
*/
function refuseContradictions(all) {
	const makers = all.slice(
		0,
		all.findIndex(({name}) => name === 'amazon-bedrock') + 1,
	);
	const seen = new Map();
	for (const {name, rows} of makers) {
		for (const [id, row] of rows) {
			const own = line(id, {...row, isSecond: false});
			if ((seen.get(id)?.own ?? own) !== own) {
				throw new Error(
					`${id} costs one thing at ${seen.get(id).name}, another at ${name}.`,
				);
			}

			seen.set(id, {own, name});
		}
	}
}

/**
The package as it was published. It need not be installed: only its data is read.
@param root0
@param root0.name
@param root0.version
*/
function unpacked({name, version}) {
	const target = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-prices-'));
	const [packed] = JSON.parse(
		execFileSync('npm', ['pack', `${name}@${version}`, '--json', '--silent'], {
			cwd: target,
			encoding: 'utf8',
		}),
	);
	execFileSync('tar', ['-xzf', packed.filename], {cwd: target});
	return target;
}

/**
Models that answer in text and cost something. Of a rate, 0 means that there is none of its own.
@param root0
@param root0.name
@param root0.isOthers
@param source
*/
function firstRows({name, isOthers}, source) {
	const file = path.join(source, 'package/dist/providers/data', `${name}.json`);
	return Object.values(JSON.parse(fs.readFileSync(file, 'utf8')))
		.flatMap((group) => Object.entries(group))
		.filter(
			([key, {id, cost}]) =>
				key.startsWith('chat:') &&
				cost.input > 0 &&
				cost.output > 0 &&
				!isOthers?.test(id),
		)
		.map(([, {id, cost, contextWindow}]) => [
			id,
			{
				...ratesOfFirst(cost, isClaude(id)),
				context: contextWindow,
				tiers: (cost.tiers ?? []).map((tier) => ({
					above: tier.inputTokensAbove,
					...ratesOfFirst(tier, isClaude(id)),
				})),
			},
		]);
}

function ratesOfFirst({input, output, cacheRead, cacheWrite}, writesForAnHour) {
	return {
		input,
		output,
		cacheRead: cacheRead || undefined,
		cacheWrite5m: cacheWrite || undefined,
		// Anthropic's documented rule for every model it sells: an hour costs twice the input.
		cacheWrite1h: cacheWrite && writesForAnHour ? 2 * input : undefined,
	};
}

/**
Under the ids that the second source says exactly (what it matches by a beginning is not one): models
that the first source does not have, and further names of those it has.
@param root0
@param root0.other
@param root0.isOthers
@param known
*/
function secondRows({other, isOthers}, known) {
	const models = other ? findProvider({providerId: other}).models : [];
	return models.flatMap((model) => {
		const ids = idsOf(model, other).filter((id) => !isOthers?.test(id));
		if (known.has(model.id)) {
			return ids
				.filter((id) => !dated.test(id))
				.map((id) => [id, {...known.get(model.id), isSecond: true}]);
		}

		const prices = pricesToday(model);
		if (prices === undefined) {
			return [];
		}

		const row = {
			...ratesOfSecond(prices, (rate) => rate.base ?? rate),
			context: model.context_window,
			tiers: startsOf(prices).map((start) => ({
				above: start,
				...ratesOfSecond(
					prices,
					(rate) =>
						rate.tiers?.findLast((tier) => tier.start <= start)?.price ??
						rate.base ??
						rate,
				),
			})),
			isSecond: true,
		};
		return ids.map((id) => [id, row]);
	});
}

/**
Undefined where the price is not one figure: by the time of day, or by what the tokens were made from.
@param root0
@param root0.prices
*/
function pricesToday({prices}) {
	if (!Array.isArray(prices)) {
		return isPlain(prices) ? prices : undefined;
	}

	if (prices.some(({constraint}) => constraint?.type === 'time_of_date')) {
		return undefined;
	}

	const today = prices.findLast(
		({constraint}) => constraint === undefined || constraint.start_date <= date,
	)?.prices;
	return today && isPlain(today) ? today : undefined;
}

function isPlain(prices) {
	return (
		Boolean(prices.input_mtok) &&
		Boolean(prices.output_mtok) &&
		Object.keys(prices).every((key) => !/audio|image|video|request/v.test(key))
	);
}

function ratesOfSecond(prices, at) {
	const rate = (name) =>
		prices[name] === undefined ? undefined : at(prices[name]);
	return {
		input: rate('input_mtok'),
		output: rate('output_mtok'),
		cacheRead: rate('cache_read_mtok'),
		cacheWrite5m: rate('cache_write_mtok'),
		cacheWrite1h: rate('cache_write_1h_mtok'),
	};
}

function startsOf(prices) {
	const starts = Object.values(prices).flatMap((rate) =>
		(rate.tiers ?? []).map(({start}) => start),
	);
	return [...new Set(starts)].toSorted((a, b) => a - b);
}

function idsOf({id, match}, provider) {
	const exact = [match, ...(match.or ?? [])].flatMap(
		({equals}) => equals ?? [],
	);
	// Anthropic's dated ids are looked for without their date.
	const undated =
		provider === 'anthropic' && id.endsWith('-latest')
			? [id.slice(0, -'-latest'.length)]
			: [];
	return [...new Set([id, ...undated, ...exact])].filter(
		(one) => !/\s/v.test(one),
	);
}

function isClaude(id) {
	return /(?:^|\.)claude-/v.test(id);
}

function line(id, {context, tiers, isSecond, ...rates}) {
	return [
		id,
		...cells(rates),
		context ?? '-',
		...tiers.flatMap(({above, ...tierRates}) => [
			`>${above}`,
			...cells(tierRates),
		]),
		...(isSecond ? ['2'] : []),
	].join(' ');
}

function cells({input, output, cacheRead, cacheWrite5m, cacheWrite1h}) {
	return [input, output, cacheRead, cacheWrite5m, cacheWrite1h].map((rate) =>
		rate === undefined ? '-' : decimal(rate),
	);
}

/**
Nano-dollars are the finest there is; what binary fractions add behind is not meant.
@param rate
*/
function decimal(rate) {
	return String(Number(rate.toFixed(9)));
}
