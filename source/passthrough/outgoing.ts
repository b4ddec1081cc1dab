import {Buffer} from 'node:buffer';
import type {IncomingMessage} from 'node:http';
import type {AuthScheme} from '../config/endpoint-kinds.js';
import type {WireFormatName} from '../exchange/usage.js';
import {scanTopLevel} from '../wire/json-scan.js';
import {systemEdits, systemKeys} from '../wire/system-edits.js';
import {modelEdits, splice, usageEdits, type Edit} from '../wire/splice.js';
import {upstreamTarget} from '../wire/paths.js';
import {streamBody} from './body.js';
import {keyTo} from './key-to.js';
import {headerOf, outgoingHeaders, type RawHeaders} from './headers.js';
import type {Routed} from './stage.js';
import type {UpstreamRequest} from './upstream.js';
import type {World} from './world.js';

/**
From here on memory that is used again costs less than fresh pages.
*/
const largeBytes = 32 * 1024;

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
		world: Pick<World, 'instance' | 'uploads' | 'now' | 'slabs'>;
		withUsage: boolean;
		/**
		What comes back is read and added to by us: it must not be compressed.
		*/
		isPlainWanted: boolean;
	}>,
): UpstreamRequest &
	Readonly<{
		usageWasAsked: boolean;
		/**
		The memory that a changed body stands in, if that is to be given back.
		*/
		slab: Buffer | undefined;
	}> {
	const {request, wanted, endpoint} = routed;
	const {edits, usageWasAsked} = editsFor(routed, withUsage);
	const isChanged = edits.length > 0;
	let slab: Buffer | undefined;
	const take = (bytes: number): Buffer => {
		if (bytes < largeBytes) {
			return Buffer.allocUnsafe(bytes);
		}

		slab = world.slabs.take(bytes);
		return slab;
	};

	const changed = isChanged
		? splice(routed.plain ?? routed.body!, edits, take)
		: undefined;
	const isPlain = usageWasAsked || isPlainWanted;
	return {
		method: routed.method,
		target: upstreamTarget(endpoint.config.url, wanted.upstreamPath),
		headers: outgoingHeaders(request.rawHeaders, {
			instance: world.instance,
			key: keyHeaders(routed),
			without: [
				...routed.bearer.headers,
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
				: (changed ?? routed.body),
		usageWasAsked,
		slab,
	};
}

/**
What the user has asked to change.
*/
function editsFor(
	{plain: unpacked, body, facts, model, system, wanted}: Routed,
	withUsage: boolean,
): Readonly<{edits: readonly Edit[]; usageWasAsked: boolean}> {
	const plain = unpacked ?? body;
	const scan = facts?.scan;
	if (plain === undefined || scan === undefined) {
		return {edits: [], usageWasAsked: false};
	}

	const usage = (withUsage ? usageEdits(plain, scan) : undefined) ?? [];
	return {
		usageWasAsked: usage.length > 0,
		edits: [
			...(model !== undefined && model !== facts!.model
				? modelEdits(plain, scan, model)
				: []),
			...usage,
			...(system !== undefined && wanted.format !== undefined
				? systemEditsOf(plain, wanted.format, system)
				: []),
		],
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
	const key = keyTo(routed.endpoint, routed.bearer);
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
