/**
A request as it stands in the bytes of a connection.
*/
export type Read = Readonly<{
	method: string;
	target: string;
	tag: string;
	body: string;
}>;

type Head = Readonly<{
	method: string;
	target: string;
	version: string;
	fields: ReadonlyArray<readonly [name: string, value: string]>;
	length: number;
}>;

/**
Reads the bytes of a connection as RFC 9112 has it, and leaves off where it does not. Written for itself,
so that what the server makes of them can be held against it: answers the whole requests that may go on.
*/
export function mayGoOn(text: string): readonly Read[] {
	const found: Read[] = [];
	let rest = text;
	for (;;) {
		rest = rest.replace(/^[\n\r]+/v, '');
		const head = readHead(rest);
		const framing = head && framingOf(head);
		if (head === undefined || framing === undefined) {
			return found;
		}

		const body = readBody(rest.slice(head.length), framing);
		if (body === undefined) {
			return found;
		}

		if (isOurs(head)) {
			found.push({
				method: head.method,
				target: head.target,
				tag: isStripped(head) ? '' : (valuesOf(head, 'x-tag')[0] ?? ''),
				body: body.text,
			});
		}

		if (isLast(head)) {
			return found;
		}

		rest = rest.slice(head.length + body.length);
	}
}

function readHead(text: string): Head | undefined {
	const end = text.indexOf('\r\n\r\n');
	if (end === -1) {
		return undefined;
	}

	const [start, ...lines] = text.slice(0, end).split('\r\n');
	const {method, target, version} =
		/^(?<method>[\-A-Z]+) +(?<target>[\u{21}-\u{7E}]+) +HTTP\/(?<version>1\.[01])$/v.exec(
			start!,
		)?.groups ?? {};
	const fields = lines.map(
		(line) =>
			/^(?<name>[\w!#$%\u{26}'*+\-.^`\|~]+):(?<value>[\t\u{20}-\u{7E}\u{80}-\u{FF}]*)$/v.exec(
				line,
			)?.groups,
	);
	if (method === undefined || fields.includes(undefined)) {
		return undefined;
	}

	return {
		method,
		target: target!,
		version: version!,
		fields: fields.map((field) => [
			field!['name']!.toLowerCase(),
			field!['value']!.trim(),
		]),
		length: end + 4,
	};
}

const valuesOf = ({fields}: Head, wanted: string): readonly string[] =>
	fields.filter(([name]) => name === wanted).map(([, value]) => value);

/**
The length of the body; `chunked`; undefined where it cannot be told for certain.
*/
function framingOf(head: Head): number | 'chunked' | undefined {
	const lengths = valuesOf(head, 'content-length');
	const codings = valuesOf(head, 'transfer-encoding');
	if (lengths.length + codings.length === 0) {
		return 0;
	}

	if (lengths.length + codings.length > 1) {
		return undefined;
	}

	if (codings.length === 1) {
		return codings[0]!.toLowerCase() === 'chunked' && head.version === '1.1'
			? 'chunked'
			: undefined;
	}

	return /^\d{1,15}$/v.test(lengths[0]!) ? Number(lengths[0]) : undefined;
}

function readBody(
	text: string,
	framing: number | 'chunked',
): Readonly<{text: string; length: number}> | undefined {
	if (framing !== 'chunked') {
		return text.length < framing
			? undefined
			: {text: text.slice(0, framing), length: framing};
	}

	let at = 0;
	let body = '';
	for (;;) {
		const size = /^(?<hex>[\da-f]+)(?:;[^\n\r]*)?\r\n/iv.exec(text.slice(at));
		if (size === null) {
			return undefined;
		}

		at += size[0].length;
		const length = Number.parseInt(size.groups!['hex']!, 16);
		if (length === 0) {
			break;
		}

		if (text.slice(at + length, at + length + 2) !== '\r\n') {
			return undefined;
		}

		body += text.slice(at, at + length);
		at += length + 2;
	}

	const trailers = /^(?:[^\n\r:]+:[^\n\r]*\r\n)*\r\n/v.exec(text.slice(at));
	return trailers === null
		? undefined
		: {text: body, length: at + trailers[0].length};
}

function isOurs(head: Head): boolean {
	const hosts = valuesOf(head, 'host');
	const [path] = head.target.split('?', 1) as [string];
	return (
		hosts.length === 1 &&
		/^localhost\.?(?::\d{1,5})?$/iv.test(hosts[0]!) &&
		valuesOf(head, 'origin').length === 0 &&
		valuesOf(head, 'sec-fetch-site').every(
			(site) => !/^(?:cross|same)-site$/v.test(site),
		) &&
		path.startsWith('/') &&
		!/[#\\]/v.test(path) &&
		!/(?:\/|%2f|%5c)(?:\.|%2e){1,2}(?:\/|%2f|%5c|$)/iv.test(path)
	);
}

const options = (head: Head): readonly string[] =>
	valuesOf(head, 'connection').flatMap((value) =>
		value.split(',').map((option) => option.trim().toLowerCase()),
	);

const isStripped = (head: Head): boolean => options(head).includes('x-tag');

const isLast = (head: Head): boolean =>
	options(head).includes('close') ||
	(head.version === '1.0' && !options(head).includes('keep-alive'));
