import {textOf, type Block} from './answer.js';
import {readResponses} from './read-openai.js';
import {
	answeredAt,
	event,
	tokensOf,
	type Piece,
	type Served,
	type Speech,
} from './speech.js';

type Say = (
	data: Readonly<{type: string}> & Readonly<Record<string, unknown>>,
	facts?: Omit<Piece, 'text'>,
) => Piece;

/**
The Responses API. Shapes: `resources/responses/responses.d.ts` of openai 7.57. Usage comes with the
last event alone, and there is no `[DONE]`.
*/
export const openaiResponses: Speech = {
	name: 'openai-responses',
	family: 'openai',
	read: readResponses,
	stream(served) {
		const say = numbered();
		const response = begun(served);
		const whole = finished(served);
		return [
			say({type: 'response.created', response}),
			say({type: 'response.in_progress', response}),
			...served.answer.blocks.flatMap((block, index) =>
				streamItem({block, index, id: served.id}, say),
			),
			say(
				{type: `response.${whole.status}`, response: whole},
				{tokens: 0, told: tokensOf(served)},
			),
		];
	},
	whole: finished,
	failure(served, said) {
		const error = {
			code: 'server_error',
			message: 'The server had an error while processing your request.',
		};
		const response = {...begun(served), status: 'failed', error};
		return event({
			type: 'response.failed',
			sequence_number: said,
			response,
		});
	},
};

function numbered(): Say {
	let sequence = -1;
	return ({type, ...data}, facts) => {
		sequence += 1;
		const numberedData = {type, sequence_number: sequence, ...data};
		return event(numberedData, facts);
	};
}

function begun({asked, id}: Served) {
	return {
		id: `resp_sim${id}`,
		object: 'response',
		created_at: answeredAt,
		status: 'in_progress',
		background: false,
		error: null,
		incomplete_details: null,
		instructions: null,
		max_output_tokens: asked.limit ?? null,
		metadata: {},
		model: asked.model,
		output: [] as readonly unknown[],
		parallel_tool_calls: true,
		previous_response_id: null,
		reasoning: {effort: 'medium', summary: null},
		service_tier: 'default',
		store: false,
		temperature: 1,
		text: {format: {type: 'text'}, verbosity: 'medium'},
		tool_choice: 'auto',
		tools: [],
		top_p: 1,
		truncation: 'disabled',
		usage: null as unknown,
		user: null,
	};
}

function finished(served: Served) {
	const {answer, id} = served;
	const reason = {length: 'max_output_tokens', refused: 'content_filter'};
	const incomplete = answer.end === 'length' || answer.end === 'refused';
	return {
		...begun(served),
		status: incomplete ? 'incomplete' : 'completed',
		incomplete_details: incomplete ? {reason: reason[answer.end]} : null,
		completed_at: incomplete ? null : answeredAt + 1,
		output: answer.blocks.map((block, index) =>
			item(block, itemId(block, id, index), textOf(block)),
		),
		usage: usage(served),
	};
}

function usage({answer, prompt}: Served) {
	const input = prompt.input + prompt.cacheRead;
	return {
		input_tokens: input,
		input_tokens_details: {
			cached_tokens: prompt.cacheRead,
			cache_write_tokens: 0,
		},
		output_tokens: answer.output,
		output_tokens_details: {reasoning_tokens: answer.thinking},
		total_tokens: input + answer.output,
	};
}

function itemId(block: Block, id: string, index: number): string {
	const prefix = {text: 'msg', thinking: 'rs', tool: 'fc'}[block.kind];
	return `${prefix}_sim${id}${index}`;
}

/**
An item of the output; without `text` as it stands before its first delta.
*/
function item(block: Block, id: string, said?: string) {
	const status = said === undefined ? 'in_progress' : 'completed';
	switch (block.kind) {
		case 'text': {
			const content = said === undefined ? [] : [textPart(said)];
			return {id, type: 'message', status, content, role: 'assistant'};
		}

		case 'thinking': {
			const summary = said === undefined ? [] : [summaryPart(said)];
			return {id, type: 'reasoning', summary};
		}

		case 'tool': {
			return {
				id,
				type: 'function_call',
				status,
				arguments: said ?? '',
				call_id: `call_sim${block.id}`,
				name: block.name,
			};
		}
	}
}

const textPart = (said: string) => ({
	type: 'output_text',
	annotations: [],
	logprobs: [],
	text: said,
});
const summaryPart = (said: string) => ({type: 'summary_text', text: said});

function streamItem(
	{block, index, id}: {block: Block; index: number; id: string},
	say: Say,
): readonly Piece[] {
	const own = itemId(block, id, index);
	const said = textOf(block);
	const place = {output_index: index};
	const added = item(block, own);
	return [
		say({type: 'response.output_item.added', ...place, item: added}),
		...streamInside(block, {item_id: own, ...place}, say),
		say({
			type: 'response.output_item.done',
			...place,
			item: item(block, own, said),
		}),
	];
}

function streamInside(
	block: Block,
	place: Readonly<Record<string, unknown>>,
	say: Say,
): readonly Piece[] {
	const said = textOf(block);
	const deltas = (type: string, at: typeof place) =>
		block.deltas.map(({text, tokens}) =>
			say({type, ...at, delta: text}, {tokens}),
		);

	switch (block.kind) {
		case 'text': {
			const at = {...place, content_index: 0};
			const spoken = {...at, logprobs: []};
			return [
				say({type: 'response.content_part.added', ...at, part: textPart('')}),
				...deltas('response.output_text.delta', spoken),
				say({type: 'response.output_text.done', ...spoken, text: said}),
				say({type: 'response.content_part.done', ...at, part: textPart(said)}),
			];
		}

		case 'thinking': {
			const at = {...place, summary_index: 0};
			const type = 'response.reasoning_summary';
			return [
				say({type: `${type}_part.added`, ...at, part: summaryPart('')}),
				...deltas(`${type}_text.delta`, at),
				say({type: `${type}_text.done`, ...at, text: said}),
				say({type: `${type}_part.done`, ...at, part: summaryPart(said)}),
			];
		}

		case 'tool': {
			const type = 'response.function_call_arguments';
			return [
				...deltas(`${type}.delta`, place),
				say({
					type: `${type}.done`,
					...place,
					name: block.name,
					arguments: said,
				}),
			];
		}
	}
}
