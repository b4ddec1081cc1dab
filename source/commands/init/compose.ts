import {settingLine} from '../../config/edit-toml.js';
import {machineZone} from '../../machine-zone.js';
import {systemZone} from '../../config/day-kinds.js';
import {roles, type Answers} from './answers.js';
import {priceWords, type Choice} from './model-choice.js';

/**
The text of a config that says what was answered, and nothing else. Prices stand in comments.
*/
export function composeConfig(
	answers: Answers,
	known: readonly Choice[] = [],
): string {
	return [
		['# Tollgate reads this file. What is in force: tollgate config check'],
		endpointLines(answers),
		...aliasSections(answers, known),
		keyLines(answers),
		dayLines(answers),
	]
		.filter((lines) => lines.length > 0)
		.map((lines) => `${lines.join('\n')}\n`)
		.join('\n');
}

function endpointLines({
	name,
	url,
	key,
	formats,
	auth,
	arePricesListed,
}: Answers): readonly string[] {
	return [
		`[endpoints.${name}]`,
		line('url', url),
		`${line('key', key)}  # ${keyWords(key)}`,
		...(formats === undefined
			? []
			: [`formats = [${formats.map((format) => quoted(format)).join(', ')}]`]),
		...(auth === undefined ? [] : [line('auth', auth)]),
		...(arePricesListed
			? [`${line('prices', 'models')}  # its own list of models tells them`]
			: []),
	];
}

function keyWords(key: string): string {
	if (key === 'agent') {
		return 'what the agent sends goes on';
	}

	return key.startsWith('env:')
		? 'the variable that holds it, where Tollgate is started'
		: 'what this command prints, asked at each start';
}

function aliasSections(
	{name, models}: Answers,
	known: readonly Choice[],
): ReadonlyArray<readonly string[]> {
	const named = roles.filter(({flag}) => models[flag] !== undefined);
	if (named.length === 0) {
		return [];
	}

	const isPriced = named.some(({flag}) => priceOf(models[flag]!, known) !== '');
	return [
		[
			'# Names for models. One is active; to switch: "a" in the monitor, or tollgate alias.',
			...(isPriced ? ['# Prices: dollars for a million tokens.'] : []),
			...sectionOf(
				named[0]!.alias,
				targetLine(name, models[named[0]!.flag]!, known),
			),
		],
		...named
			.slice(1)
			.map(({alias, flag}) =>
				sectionOf(alias, targetLine(name, models[flag]!, known)),
			),
		...(models.default === undefined
			? []
			: [
					[
						'[routing]',
						`${line('active', 'coding-default')}  # at the first start`,
					],
				]),
	];
}

const sectionOf = (alias: string, target: string): readonly string[] => [
	`[aliases.${alias}]`,
	target,
];

function targetLine(
	endpoint: string,
	model: string,
	known: readonly Choice[],
): string {
	const price = priceOf(model, known);
	return `targets = [${quoted(`${endpoint}/${model}`)}]${price === '' ? '' : `  # ${price}`}`;
}

function priceOf(model: string, known: readonly Choice[]): string {
	const choice = known.find(({id}) => id === model);
	return choice === undefined ? '' : priceWords(choice);
}

function keyLines({cap, atCap}: Answers): readonly string[] {
	return cap === undefined
		? []
		: [
				'[keys.default]  # requests without a local key',
				`daily_cap = ${dollarsWritten(cap)}`,
				`${line('at_cap', atCap)}  # ${atCapWords(atCap)}`,
			];
}

const dollarsWritten = (dollars: number): string =>
	/^\d+(?:\.\d)?$/v.test(String(dollars))
		? dollars.toFixed(2)
		: String(dollars);

function atCapWords(atCap: string): string {
	switch (atCap) {
		case 'ask': {
			return 'wait for your word in the monitor';
		}

		case 'refuse': {
			return 'say no at once';
		}

		default: {
			return 'go on with that alias';
		}
	}
}

const dayLines = ({zone}: Answers): readonly string[] => [
	'[day]',
	`${line('timezone', zone)}  # ${zone === systemZone ? `that of this machine: ${machineZone()}` : 'days of the cap and the summary'}`,
];

/**
JSON escapes what TOML does, but for the last control character.
*/
const quoted = (text: string): string =>
	JSON.stringify(text).replaceAll('\u{7F}', String.raw`\u007F`);

const line = (name: string, value: string): string =>
	settingLine(name, value).replaceAll('\u{7F}', String.raw`\u007F`);
