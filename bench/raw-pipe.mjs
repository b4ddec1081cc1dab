// The baseline: what node:http alone takes to hand a request on and its answer back, with no promise kept.
import http from 'node:http';
import process from 'node:process';

const upstream = new URL(process.argv[2]);
const agent = new http.Agent({keepAlive: true, noDelay: true});
const server = http.createServer({noDelay: true}, (request, response) => {
	const outgoing = http.request(
		{
			agent,
			host: upstream.hostname,
			port: upstream.port,
			method: request.method,
			path: request.url,
			headers: request.headers,
		},
		(incoming) => {
			response.writeHead(incoming.statusCode, incoming.headers);
			incoming.pipe(response);
		},
	);
	request.pipe(outgoing);
});
server.keepAliveTimeout = 75_000;
server.listen(0, '127.0.0.1', () => {
	process.send({url: `http://127.0.0.1:${server.address().port}`});
});
process.on('message', () => {
	process.send({
		cpu: process.cpuUsage(),
		main: process.threadCpuUsage?.(),
		rss: process.memoryUsage.rss(),
	});
});
