import {textOf, type Answer, type Block, type Delta} from './answer.js';
import {readChat} from './read-openai.js';
import {
	answeredAt,
	tokensOf,
	type Piece,
	type Served,
	type Speech,
} from './speech.js';

const finishReasons = {
	done: 'stop',
	tools: 'tool_calls',
	length: 'length',
	refused: 'content_filter',
} as const satisfies Record<Answer['end'], string>;

/**
Chat Completions. Shapes: `resources/chat/completions/completions.d.ts` of openai 7.57. Models that
are not OpenAI's show their reasoning in `reasoning_content`, as their gateways do.
*/
export const openaiChat: Speech = {
	name: 'openai-chat',
	family: 'openai',
	read: readChat,
	stream: (served) => [
		chunk(served, {delta: {role: 'assistant', content: '', refusal: null}}),
		...deltas(served),
		chunk(served, {
			delta: {},
			finish_reason: finishReasons[served.answer.end],
		}),
		...(served.asked.tellsUsage ? [usageChunk(served)] : []),
		{text: 'data: [DONE]\n\n', tokens: 0},
	],
	whole: (served) => ({
		...head(served, 'chat.completion'),
		choices: [
			{
				index: 0,
				message: message(served),
				logprobs: null,
				finish_reason: finishReasons[served.answer.end],
			},
		],
		usage: usage(served),
	}),
	failure: () => ({
		text: `data: ${JSON.stringify({
			error: {
				message: 'The server had an error while processing your request.',
				type: 'server_error',
				param: null,
				code: 'server_error',
			},
		})}\n\n`,
		tokens: 0,
	}),
};

function head({asked, id}: Served, object: string) {
	return {
		id: `chatcmpl-sim${id}`,
		object,
		created: answeredAt,
		model: asked.model,
		service_tier: 'default',
		system_fingerprint: 'fp_simulated',
	};
}

function chunk(
	served: Served,
	choice: Readonly<Record<string, unknown>>,
	tokens = 0,
): Piece {
	const data = {
		...head(served, 'chat.completion.chunk'),
		choices: [{index: 0, logprobs: null, finish_reason: null, ...choice}],
		...(served.asked.tellsUsage && {usage: null}),
	};
	return {text: `data: ${JSON.stringify(data)}\n\n`, tokens};
}

function usageChunk(served: Served): Piece {
	const data = {
		...head(served, 'chat.completion.chunk'),
		choices: [],
		usage: usage(served),
	};
	return {
		text: `data: ${JSON.stringify(data)}\n\n`,
		tokens: 0,
		told: tokensOf(served),
	};
}

function deltas(served: Served): readonly Piece[] {
	const {blocks} = served.answer;
	const calls = blocks.filter(({kind}) => kind === 'tool');
	return blocks.flatMap((block) =>
		block.kind === 'tool'
			? callDeltas(served, block, calls.indexOf(block))
			: block.deltas.map((delta) => spokenDelta(served, block.kind, delta)),
	);
}

function spokenDelta(
	served: Served,
	kind: 'text' | 'thinking',
	{text, tokens}: Delta,
): Piece {
	if (kind === 'text') {
		return chunk(served, {delta: {content: text}}, tokens);
	}

	// A hidden thought is silence: its time passes with the next chunk.
	return showsReasoning(served)
		? chunk(served, {delta: {reasoning_content: text}}, tokens)
		: {text: '', tokens};
}

function callDeltas(
	served: Served,
	block: Extract<Block, {kind: 'tool'}>,
	index: number,
): readonly Piece[] {
	const piece = (call: Readonly<Record<string, unknown>>, tokens: number) =>
		chunk(served, {delta: {tool_calls: [{index, ...call}]}}, tokens);

	return [
		piece(
			{
				id: `call_sim${block.id}`,
				type: 'function',
				function: {name: block.name, arguments: ''},
			},
			0,
		),
		...block.deltas.map(({text, tokens}) =>
			piece({function: {arguments: text}}, tokens),
		),
	];
}

function message(served: Served): unknown {
	const {blocks, end} = served.answer;
	const told = blocks
		.filter(({kind}) => kind === 'text')
		.map((block) => textOf(block))
		.join('');
	const calls = blocks.flatMap((block) =>
		block.kind === 'tool'
			? [
					{
						id: `call_sim${block.id}`,
						type: 'function',
						function: {name: block.name, arguments: textOf(block)},
					},
				]
			: [],
	);
	const thought = blocks.find(({kind}) => kind === 'thinking');
	return {
		role: 'assistant',
		content: told === '' ? null : told,
		refusal: end === 'refused' ? told : null,
		annotations: [],
		...(calls.length > 0 && {tool_calls: calls}),
		...(thought &&
			showsReasoning(served) && {reasoning_content: textOf(thought)}),
	};
}

function showsReasoning({asked}: Served): boolean {
	return !/^(?:gpt|o\d)/.test(asked.model);
}

function usage({answer, prompt}: Served) {
	const promptTokens = prompt.input + prompt.cacheRead;
	return {
		prompt_tokens: promptTokens,
		completion_tokens: answer.output,
		total_tokens: promptTokens + answer.output,
		prompt_tokens_details: {
			cached_tokens: prompt.cacheRead,
			audio_tokens: 0,
			cache_write_tokens: 0,
		},
		completion_tokens_details: {
			reasoning_tokens: answer.thinking,
			audio_tokens: 0,
			accepted_prediction_tokens: 0,
			rejected_prediction_tokens: 0,
		},
	};
}
