import type {Buffer} from 'node:buffer';
import type {IncomingMessage} from 'node:http';
import type {AuthScheme} from '../config/endpoint-kinds.js';
import type {WireFormatName} from '../exchange/usage.js';
import {scanTopLevel} from '../wire/json-scan.js';
import {systemEdits, systemKeys} from '../wire/system-edits.js';
import {modelEdits, splice, usageEdits, type Edit} from '../wire/splice.js';
import {upstreamTarget} from '../wire/paths.js';
import {streamBody} from './body.js';
import {headerOf, outgoingHeaders, type RawHeaders} from './headers.js';
import type {Routed} from './stage.js';
import type {UpstreamRequest} from './upstream.js';
import type {World} from './world.js';

/**
Whether we ask for the usage of an OpenAI stream whose client did not.
*/
export function asksForUsage({wanted, facts, endpoint}: Routed): boolean {
	return (
		wanted.format === 'openai-chat' &&
		facts?.stream === true &&
		!facts.includeUsage &&
		endpoint.config.openaiUsage === 'inject' &&
		!endpoint.refusesUsageOption
	);
}

/**
The request as it goes to the endpoint: byte for byte as it came, but for the values that the user
said to change, which are spliced in.
*/
export function outgoingRequest(
	routed: Routed,
	{
		world,
		withUsage,
		isPlainWanted,
	}: Readonly<{
		world: Pick<World, 'instance' | 'uploads' | 'now'>;
		withUsage: boolean;
		/**
		What comes back is read and added to by us: it must not be compressed.
		*/
		isPlainWanted: boolean;
	}>,
): UpstreamRequest & Readonly<{usageWasAsked: boolean}> {
	const {request, wanted, endpoint, facts} = routed;
	const plain = routed.plain ?? routed.body;
	const edits: Edit[] = [];
	let usageWasAsked = false;
	if (plain !== undefined && facts?.scan !== undefined) {
		if (routed.model !== undefined && routed.model !== facts.model) {
			edits.push(...modelEdits(plain, facts.scan, routed.model));
		}

		const usage = withUsage ? usageEdits(plain, facts.scan) : undefined;
		usageWasAsked = usage !== undefined && usage.length > 0;
		edits.push(...(usage ?? []));
		if (routed.system !== undefined && wanted.format !== undefined) {
			edits.push(...systemEditsOf(plain, wanted.format, routed.system));
		}
	}

	const isChanged = edits.length > 0;
	const isPlain = usageWasAsked || isPlainWanted;
	return {
		method: routed.method,
		target: upstreamTarget(endpoint.config.url, wanted.upstreamPath),
		headers: outgoingHeaders(request.rawHeaders, {
			instance: world.instance,
			key: keyHeaders(routed),
			without: [
				// What was compressed and had to be changed goes on in plain bytes.
				...(isChanged && routed.plain !== undefined
					? ['content-encoding']
					: []),
				...(isPlain ? ['accept-encoding'] : []),
			],
			also: isPlain
				? ['accept-encoding', 'identity']
				: lengthOfStreamed(routed),
		}),
		body:
			routed.body === undefined
				? hasBody(request)
					? streamBody(request, world)
					: undefined
				: isChanged
					? splice(plain!, edits)
					: routed.body,
		usageWasAsked,
	};
}

/**
Only where an alias has words of its own is their place looked for.
*/
function systemEditsOf(
	plain: Buffer,
	format: WireFormatName,
	system: string,
): readonly Edit[] {
	const scan = scanTopLevel(plain, systemKeys(format));
	return scan === undefined ? [] : systemEdits(plain, scan, format, system);
}

export const hasBody = ({headers}: IncomingMessage): boolean =>
	headers['transfer-encoding'] !== undefined ||
	Number(headers['content-length'] ?? 0) > 0;

/**
What streams through is framed as it came.
*/
function lengthOfStreamed({body, request}: Routed): RawHeaders {
	const length = request.headers['content-length'];
	return body === undefined && length !== undefined && hasBody(request)
		? ['content-length', length]
		: [];
}

function keyHeaders(routed: Routed): RawHeaders | undefined {
	const {key} = routed.endpoint;
	if (key === undefined) {
		return undefined;
	}

	const scheme = routed.endpoint.config.auth ?? schemeFor(routed);
	return [
		...(scheme === 'bearer' ? [] : ['x-api-key', key]),
		...(scheme === 'x-api-key' ? [] : ['authorization', `Bearer ${key}`]),
	];
}

/**
Anthropic's API takes `x-api-key`, OpenAI's a bearer token; what is not measured tells by its headers.
*/
function schemeFor({wanted, request, endpoint}: Routed): AuthScheme {
	const isAnthropic =
		wanted.format === undefined
			? headerOf(request.rawHeaders, 'anthropic-version') !== undefined ||
				endpoint.config.formats.every(
					(format) => format === 'anthropic-messages',
				)
			: wanted.format === 'anthropic-messages';
	return isAnthropic ? 'x-api-key' : 'bearer';
}
