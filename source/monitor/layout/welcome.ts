import type {WireFormatName} from '../../exchange/usage.js';
import {configOf} from '../connection.js';
import type {Model} from '../model.js';
import type {Glyphs} from '../theme.js';
import {clip, type Line} from './line.js';

/**
What stands in the place of the list before the first request: how the agent gets here.
*/
export function welcomeLines(
	model: Model,
	{width, height, glyphs}: {width: number; height: number; glyphs: Glyphs},
): readonly Line[] {
	return linesFor(model)
		.slice(0, Math.max(0, height))
		.map((line) => clip(line, width, glyphs.cut));
}

const linesFor = (model: Model): readonly Line[] => {
	const url = model.passthrough?.url;
	return url === undefined
		? [[['Waiting for the passthrough.', 'dim']]]
		: [
				[['No requests yet. Point the agent here:', 'dim']],
				...variables
					.filter(({formats}) => speaksOneOf(model, formats))
					.map(({name, path}): Line => [
						[`${name}=`, 'dim'],
						[url + path, 'bold'],
					]),
			];
};

const variables: ReadonlyArray<
	Readonly<{name: string; path: string; formats: readonly WireFormatName[]}>
> = [
	{name: 'ANTHROPIC_BASE_URL', path: '', formats: ['anthropic-messages']},
	{
		name: 'OPENAI_BASE_URL',
		path: '/v1',
		formats: ['openai-chat', 'openai-responses'],
	},
];

const speaksOneOf = (
	model: Model,
	formats: readonly WireFormatName[],
): boolean =>
	configOf(model)?.endpoints.some((endpoint) =>
		endpoint.formats.some((format) => formats.includes(format)),
	) ?? true;
