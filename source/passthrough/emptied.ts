import type http from 'node:http';
import {Server} from 'node:net';
import type {OpenExchange} from './open-exchange.js';

/**
Waits until the last exchange has ended, then cuts what is left. Answers how many that were.
*/
export async function emptied(
	server: http.Server,
	{
		open,
		patienceMs,
	}: Readonly<{open: ReadonlySet<OpenExchange>; patienceMs: number}>,
): Promise<number> {
	// An HTTP server's own close also ends connections whose answer has been written but has not all gone:
	// for now it only stops listening.
	const closed = new Promise<void>((resolve) => {
		Server.prototype.close.call(server, () => {
			resolve();
		});
	});
	const giveUpAt = performance.now() + patienceMs;
	while (open.size > 0 && performance.now() < giveUpAt) {
		// eslint-disable-next-line no-await-in-loop -- Polled: exchanges end in many places.
		await new Promise((resolve) => {
			setTimeout(resolve, 20);
		});
	}

	const cut = open.size;
	server.closeAllConnections();
	await closed;
	server.close();
	// The exchanges that were cut write their last rows.
	await new Promise((resolve) => {
		setTimeout(resolve, 20);
	});
	return cut;
}
