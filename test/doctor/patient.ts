import {Buffer} from 'node:buffer';
import {
	chartFor,
	bareEndpoint,
} from '../../source/commands/doctor/chart-for.js';
import {keyFor} from '../../source/commands/doctor/key-for.js';
import {createAsk} from '../../source/commands/doctor/real-ask.js';
import type {Endpoint} from '../../source/config/config.js';
import {readBaseUrl} from '../../source/doctor/base-url.js';
import {allChecks} from '../../source/doctor/checks.js';
import type {Finding} from '../../source/doctor/check.js';
import {examine} from '../../source/doctor/examine.js';
import type {WireFormatName} from '../../source/exchange/usage.js';
import type {Call} from '../helpers/endpoint.js';

/**
What an endpoint is looked at with. It stands in a config as `gateway`, with an alias for the model.
*/
export type Patient = Readonly<{
	url: string;
	key?: string;
	model?: string;
	formats?: readonly WireFormatName[];
	areFormatsSaid?: boolean;
	isFree?: boolean;
	patienceMs?: number;
	auth?: Endpoint['auth'];
}>;

/**
Looks at it over the real network, and answers all that was found.
*/
export async function look({
	url,
	key = goodKey,
	model = 'claude-sonnet-4-6',
	formats = ['anthropic-messages'],
	areFormatsSaid = true,
	isFree = false,
	patienceMs = 5000,
	auth,
}: Patient): Promise<readonly Finding[]> {
	const env = {GATEWAY_KEY: key};
	const endpoint: Endpoint = {
		...bareEndpoint(readBaseUrl(url)!, {kind: 'env', variable: 'GATEWAY_KEY'}),
		name: 'gateway',
		formats,
		prices: 'catalogue',
		auth,
	};
	await using real = createAsk({env, patienceMs});
	const findings: Finding[] = [];
	await examine(
		chartFor(
			{endpoint, isNamed: true, areFormatsSaid},
			await keyFor(endpoint, env),
			{
				config: {
					aliases: [
						{
							name: 'coding-default',
							targets: [{endpoint: 'gateway', model}],
							system: undefined,
							allowSigned: false,
						},
					],
					prices: [],
				},
				hosts: [],
				wantedModel: undefined,
				isFree,
				env,
				ask: real.ask,
			},
		),
		allChecks,
		(finding) => {
			findings.push(finding);
		},
	);
	return findings;
}

export const goodKey = 'gw-2f4c19-the-key-of-this-gateway';

/**
What somebody has to read and do: all else is well.
*/
export const complaints = (findings: readonly Finding[]): readonly Finding[] =>
	findings.filter(({standing}) => standing === 'bad' || standing === 'warn');

export const said = (
	findings: readonly Finding[],
	check: string,
): Finding | undefined => findings.find((finding) => finding.check === check);

/**
A gateway that does all it should; a test changes what it is about.
*/
export type Gateway = Readonly<{
	models?: (call: Call) => void;
	messages?: (call: Call, body: Asked) => void | Promise<void>;
	countTokens?: (call: Call) => void;
	otherwise?: (call: Call) => void;
}>;

type Asked = Readonly<{
	model?: string;
	stream?: boolean;
	tools?: readonly unknown[];
}>;

export const gateway =
	(own: Gateway = {}) =>
	async (call: Call): Promise<void> => {
		const {heard} = call;
		const body = await heard.body();
		const path = heard.target.split('?', 1)[0]!;
		if (heard.method === 'GET' && path === '/v1/models') {
			(own.models ?? listModels)(call);
		} else if (
			heard.method === 'POST' &&
			path === '/v1/messages/count_tokens'
		) {
			(own.countTokens ?? countTokens)(call);
		} else if (heard.method === 'POST' && path === '/v1/messages') {
			const asked = JSON.parse(String(body)) as Asked;
			if (asked.model === undefined) {
				json(call, 400, error('invalid_request_error', 'model: required'));
			} else {
				await (own.messages ?? answer)(call, asked);
			}
		} else {
			(own.otherwise ?? lost)(call);
		}
	};

export function json({response}: Call, status: number, body: unknown): void {
	const bytes = Buffer.from(JSON.stringify(body));
	response.writeHead(status, {
		'content-type': 'application/json',
		'content-length': bytes.length,
	});
	response.end(bytes);
}

export const error = (type: string, message: string) => ({
	type: 'error',
	error: {type, message},
	request_id: 'req_1',
});

export const lost = (call: Call): void => {
	json(call, 404, error('not_found_error', 'Not Found'));
};

const modelIds = ['claude-opus-4-6', 'claude-sonnet-4-6', 'claude-haiku-4-5'];

export function listModels(call: Call): void {
	const open =
		call.heard.header('x-api-key') === undefined &&
		call.heard.header('authorization') === undefined;
	json(
		call,
		open ? 401 : 200,
		open
			? error('authentication_error', 'A key is needed')
			: {
					data: modelIds.map((id) => ({type: 'model', id})),
					has_more: false,
				},
	);
}

const countTokens = (call: Call): void => {
	json(call, 200, {input_tokens: 9});
};

const usage = {input_tokens: 20, output_tokens: 6};

/**
The events of a whole answer.
*/
export const events = (model: string, withUsage = true): readonly string[] => [
	event('message_start', {
		message: {
			id: 'msg_1',
			type: 'message',
			role: 'assistant',
			model,
			content: [],
			stop_reason: null,
			...(withUsage && {usage: {input_tokens: 20, output_tokens: 1}}),
		},
	}),
	event('content_block_start', {
		index: 0,
		content_block: {type: 'text', text: ''},
	}),
	...['1 ', '2 ', '3 '].map((text) =>
		event('content_block_delta', {
			index: 0,
			delta: {type: 'text_delta', text},
		}),
	),
	event('content_block_stop', {index: 0}),
	event('message_delta', {
		delta: {stop_reason: 'end_turn', stop_sequence: null},
		...(withUsage && {usage}),
	}),
	event('message_stop', {}),
];

const event = (type: string, data: object): string =>
	`event: ${type}\ndata: ${JSON.stringify({type, ...data})}\n\n`;

/**
Sends one event after the other, each when the one before has left.
*/
export async function answer(call: Call, asked: Asked): Promise<void> {
	const {response} = call;
	if (asked.stream !== true) {
		json(call, 200, whole(asked));
		return;
	}

	response.writeHead(200, {'content-type': 'text/event-stream'});
	for (const one of events(asked.model!)) {
		response.write(one);

		await new Promise((resolve) => {
			setTimeout(resolve, 10);
		});
	}

	response.end();
}

export const whole = ({model, tools}: Asked) => ({
	id: 'msg_1',
	type: 'message',
	role: 'assistant',
	model,
	...(tools === undefined
		? {content: [{type: 'text', text: '1 2 3'}], stop_reason: 'end_turn'}
		: {
				content: [
					{type: 'tool_use', id: 'toolu_1', name: 'get_time', input: {}},
				],
				stop_reason: 'tool_use',
			}),
	usage,
});
