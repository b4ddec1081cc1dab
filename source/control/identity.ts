import type {IncomingMessage} from 'node:http';
import process from 'node:process';
import type {Identity} from './passthrough-row.js';
import {steeringIn} from './read-steering.js';

/**
Where a passthrough says who it is. Never forwarded.
*/
export const identityPath = '/.tollgate/identity';

const longestAnswer = 1_000_000;

/**
Asks whoever listens at a URL who it is. Undefined where nobody answers within `timeoutMs`, or
somebody else does.
*/
export async function askIdentity(
	url: string,
	timeoutMs = 1500,
): Promise<Identity | undefined> {
	const target = URL.parse(identityPath, url);
	if (target?.protocol !== 'http:') {
		return undefined;
	}

	// Most who look for a passthrough have nobody to ask; to load it is a tenth of what a command takes.
	const http = process.getBuiltinModule('node:http');
	return new Promise((resolve) => {
		const giveUp = () => {
			resolve(undefined);
		};

		const request = http.get(target, {
			agent: false,
			signal: AbortSignal.timeout(timeoutMs),
		});
		request.on('response', (response) => {
			resolve(textOf(response).then((text) => identityIn(text)));
		});
		request.on('error', giveUp);
	});
}

/**
What came of an answer: all of it, or the part before it broke off or grew too long.
*/
async function textOf(response: IncomingMessage): Promise<string> {
	let text = '';
	try {
		for await (const chunk of response.setEncoding('utf8')) {
			text += chunk as string;
			if (text.length > longestAnswer) {
				break;
			}
		}
	} catch {
		// Half an answer is read as any other that makes no sense.
	}

	return text;
}

function identityIn(text: string): Identity | undefined {
	try {
		const {tollgate} = JSON.parse(text) as {tollgate?: Partial<Identity>};
		return tollgate !== undefined && isIdentity(tollgate)
			? {...tollgate, steering: steeringIn(tollgate.steering) ?? undefined}
			: undefined;
	} catch {
		// Another program has this port.
		return undefined;
	}
}

/**
Any program may listen there: what is shown or acted on must be what it says it is.
*/
const isIdentity = (said: Partial<Identity>): said is Identity =>
	isPlain(said.instance) &&
	isPlain(said.home) &&
	Number.isSafeInteger(said.pid) &&
	said.pid! > 1 &&
	Array.isArray(said.config?.endpoints);

const isPlain = (value: unknown): boolean =>
	typeof value === 'string' && /^[^\p{Bidi_Control}\p{Control}]+$/v.test(value);
