// The endpoint of the benchmark: answers at once, as JSON or as a stream, bursts or paced.
import {Buffer} from 'node:buffer';
import http from 'node:http';
import process from 'node:process';

const usage = {
	input_tokens: 12,
	cache_creation_input_tokens: 300,
	cache_read_input_tokens: 20_000,
	output_tokens: 1,
	service_tier: 'standard',
};
const message = (usageNow, content) => ({
	id: 'msg_bench',
	type: 'message',
	role: 'assistant',
	model: 'claude-sonnet-4-6',
	content,
	stop_reason: content.length > 0 ? 'end_turn' : null,
	stop_sequence: null,
	usage: usageNow,
});
const event = (data) =>
	`event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
const delta = event({
	type: 'content_block_delta',
	index: 0,
	delta: {type: 'text_delta', text: ' a few words of it'},
});
const head =
	event({type: 'message_start', message: message(usage, [])}) +
	event({
		type: 'content_block_start',
		index: 0,
		content_block: {type: 'text', text: ''},
	});
const tail =
	event({type: 'content_block_stop', index: 0}) +
	event({
		type: 'message_delta',
		delta: {stop_reason: 'end_turn', stop_sequence: null},
		usage: {output_tokens: 200},
	}) +
	event({type: 'message_stop'});
const json = Buffer.from(
	JSON.stringify(
		message({...usage, output_tokens: 200}, [
			{type: 'text', text: 'a few words of it '.repeat(80)},
		]),
	),
);
const pause = (ms) =>
	new Promise((resolve) => {
		setTimeout(resolve, ms);
	});

async function stream(response, deltas, gapMs) {
	response.writeHead(200, {
		'content-type': 'text/event-stream; charset=utf-8',
		'cache-control': 'no-cache',
		'request-id': 'req_bench',
	});
	response.write(head);
	for (let index = 0; index < deltas; index++) {
		response.write(delta);
		if (gapMs > 0) {
			await pause(gapMs);
		}
	}

	response.end(tail);
}

const server = http.createServer({noDelay: true}, (request, response) => {
	request.resume().on('end', async () => {
		const [kind, deltas, gapMs] = (request.headers['x-bench'] ?? 'json').split(
			',',
			3,
		);
		if (kind === 'json') {
			response.writeHead(200, {
				'content-type': 'application/json',
				'content-length': json.length,
				'request-id': 'req_bench',
			});
			response.end(json);
			return;
		}

		await stream(response, Number(deltas), Number(gapMs));
	});
});
server.keepAliveTimeout = 75_000;
server.listen(0, '127.0.0.1', () => {
	process.send({url: `http://127.0.0.1:${server.address().port}`});
});
process.on('message', () => {
	process.send({});
});
