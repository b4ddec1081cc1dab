import type {SimulatedEndpoint} from '../../source/simulated/endpoint.js';

export const question = {
	model: 'claude-sonnet-4-6',
	max_tokens: 900_000,
	stream: true,
	messages: [{role: 'user', content: 'What is wrong with this queue?'}],
};

/**
Asks an endpoint with plain `fetch`, so that nothing hides what is on the wire.
*/
export async function post(
	{url}: SimulatedEndpoint,
	{
		path = '/v1/messages',
		body = question,
		headers = {},
		simulate,
		signal,
	}: {
		path?: string;
		body?: unknown;
		headers?: Readonly<Record<string, string>>;
		simulate?: string;
		signal?: AbortSignal;
	} = {},
): Promise<Response> {
	return fetch(`${url}${path}`, {
		method: 'POST',
		body: typeof body === 'string' ? body : JSON.stringify(body),
		headers: {
			...headers,
			...(simulate !== undefined && {'x-simulate': simulate}),
		},
		signal,
	});
}
