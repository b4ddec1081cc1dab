import {expect, test} from 'vitest';
import {wireFormatNames} from '../../source/exchange/usage.js';
import {startSimulatedEndpoint} from '../../source/simulated/endpoint.js';
import {complaints, goodKey, look, said} from './patient.js';

const everything = {formats: wireFormatNames, key: goodKey} as const;

test('the simulated endpoint comes out with all well', async () => {
	const endpoint = await startSimulatedEndpoint({pace: 0.2, apiKey: goodKey});
	try {
		const found = await look({...everything, url: `${endpoint.url}/v1`});

		expect(complaints(found)).toEqual([]);
		expect(found.map(({check}) => check)).toEqual([
			'network',
			'url',
			'key',
			'models',
			'formats',
			'model',
			'cost',
			'messages',
			'chat',
			'responses',
			'stream',
			'usage',
			'price',
			'tools',
			'count_tokens',
			'limits',
			'latency',
		]);
		expect(found.every(({standing}) => standing === 'ok')).toBe(true);
	} finally {
		await endpoint.close();
	}
});

test('what it costs at most is said before, and it costs less', async () => {
	const endpoint = await startSimulatedEndpoint({pace: 0, apiKey: goodKey});
	try {
		const found = await look({...everything, url: `${endpoint.url}/v1`});
		const {most} =
			/^6 tiny requests to claude-sonnet-4-6 follow: at most \$(?<most>[\d.]+) in all\.$/.exec(
				said(found, 'cost')?.said ?? '',
			)?.groups ?? {};
		const spent = found.reduce(
			(sum, {costNanodollars = 0}) => sum + costNanodollars,
			0,
		);

		expect(Number(most)).toBeLessThan(0.02);
		expect(spent).toBeGreaterThan(0);
		expect(spent / 1e9).toBeLessThanOrEqual(Number(most));
		const order = found.map(({check}) => check);
		expect(order.indexOf('cost')).toBeLessThan(order.indexOf('messages'));
		expect(endpoint.count().others.countTokens).toBe(1);
	} finally {
		await endpoint.close();
	}
});

test('with --free no model is asked', async () => {
	const endpoint = await startSimulatedEndpoint({
		pace: 0,
		apiKey: goodKey,
		script: () => undefined,
	});
	try {
		const found = await look({
			...everything,
			url: `${endpoint.url}/v1`,
			isFree: true,
		});

		expect(complaints(found)).toEqual([]);
		expect(said(found, 'cost')?.standing).toBe('skipped');
		expect(
			found.some(({costNanodollars}) => costNanodollars !== undefined),
		).toBe(false);
		// Counting is free.
		expect(
			endpoint.seen
				.filter(({model}) => model !== undefined)
				.map(({path}) => path),
		).toEqual(['/v1/messages/count_tokens']);
	} finally {
		await endpoint.close();
	}
});
