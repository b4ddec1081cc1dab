import {expect, test} from 'vitest';
import {createAsk} from '../../source/commands/doctor/real-ask.js';
import {failureWords} from '../../source/doctor/failure-words.js';
import {startEndpoint} from '../helpers/endpoint.js';

test('an answer that goes on for ever is not waited for', async () => {
	await using endpoint = await startEndpoint(({response}) => {
		response.writeHead(200, {'content-type': 'text/event-stream'});
		const beat = setInterval(() => {
			response.write(': ping\n\n');
		}, 10);
		response.on('close', () => {
			clearInterval(beat);
		});
	});
	await using real = createAsk({env: {}, patienceMs: 1000, restMs: 0});
	const url = new URL(endpoint.url);
	const came = await real.ask({method: 'GET', url, headers: []});

	expect(came).toMatchObject({kind: 'failed', code: 'ENDLESS'});
	expect(
		came.kind === 'failed' &&
			failureWords(came, {url, knownHosts: [], proxy: undefined}),
	).toMatchObject({
		cause: `${url.host} began to answer and came to no end.`,
	});
});
