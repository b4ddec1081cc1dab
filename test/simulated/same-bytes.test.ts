import {expect, test} from 'vitest';
import {startSimulatedEndpoint} from '../../source/simulated/endpoint.js';
import {post, question} from './post.js';

const requests = ['/v1/messages', '/v1/chat/completions', '/v1/responses']
	.flatMap((path) => [
		{path, body: {...question, input: 'Hello'}},
		{path, body: {...question, input: 'Hello', stream: false}},
	])
	.flatMap((request) => [request, request, request]);

async function play(seed: number, pace: number): Promise<readonly string[]> {
	const endpoint = await startSimulatedEndpoint({
		seed,
		pace,
		faults: {limited: 0.3, broken: 0.2},
	});
	const answers: string[] = [];
	for (const request of requests) {
		const response = await post(endpoint, request);
		answers.push(`${response.status} ${await response.text()}`);
	}

	await endpoint.close();
	return answers;
}

test('the same seed and the same requests give the same bytes, at any pace', async () => {
	expect(await play(3, 0.0001)).toEqual(await play(3, 0));
});

test('another seed gives other bytes', async () => {
	expect(await play(4, 0)).not.toEqual(await play(3, 0));
});

test('the same request asked twice gets another answer and another id', async () => {
	const all = await play(3, 0);
	const answers = all.filter((answer) => answer.startsWith('200'));

	expect(answers.length).toBeGreaterThan(6);
	expect(new Set(answers).size).toBe(answers.length);
});

test('what runs beside a request does not change its answer', async () => {
	const endpoint = await startSimulatedEndpoint({seed: 3, pace: 0});
	const other = await startSimulatedEndpoint({seed: 3, pace: 0});
	const body = {...question, messages: [{role: 'user', content: 'Beside'}]};
	const read = async (asking: Promise<Response>) => {
		const response = await asking;
		return response.text();
	};

	await read(post(other, {body}));
	const alone = await read(post(endpoint));
	const beside = await read(post(other));
	await endpoint.close();
	await other.close();
	expect(beside).toBe(alone);
});
