/**
Why a request may not come in; undefined: it may.
*/
export type DoorVerdict = 'origin' | 'host' | undefined;

export type Door = Readonly<{
	/**
	The address listened on, as configured.
	*/
	host: string;
	port: number;
	/**
	Origins that the user admits by name.
	*/
	allowOrigins: readonly string[];
}>;

/**
What a request says of where it was sent to and by whom, as its headers have it.
*/
export type Caller = Readonly<{
	host: string | undefined;
	origin: string | undefined;
	/**
	`Sec-Fetch-Site`. Browsers send no `Origin` with a picture or a link, but this they do.
	https://www.w3.org/TR/fetch-metadata/
	*/
	site?: string | undefined;
}>;

/**
Browsers send `Origin`, and a name that was made to point at us arrives as `Host`. Neither may spend
the user's money: what comes from another place than this very listener is turned away.
*/
export function checkDoor(door: Door, caller: Caller): DoorVerdict {
	if (caller.host === undefined || !isOurs(caller.host, door)) {
		return 'host';
	}

	const {origin} = caller;
	if (origin === undefined) {
		return isOtherSite(caller.site) ? 'origin' : undefined;
	}

	return isAdmitted(door, origin) ||
		origin === `http://${caller.host.toLowerCase()}`
		? undefined
		: 'origin';
}

/**
Whether the user admits pages of this origin by name.
*/
export const isAdmitted = (
	{allowOrigins}: Pick<Door, 'allowOrigins'>,
	origin: string,
): boolean => allowOrigins.includes(origin);

/**
`none` is the address bar.
*/
const isOtherSite = (site: string | undefined): boolean =>
	site === 'cross-site' || site === 'same-site';

const hostPattern =
	/^(?<name>\[(?=[^\]]*:)[\d.:a-f]+\]|[\d\-.a-z]+)(?::(?<port>\d{1,5}))?$/iv;

/** Clients name the same host again and again: the last one that was ours need not be read anew. */
const lastOurs = new WeakMap<Door, string>();

function isOurs(host: string, door: Door): boolean {
	if (lastOurs.get(door) === host) {
		return true;
	}

	const verdict = isOurHost(host, door);
	if (verdict) {
		lastOurs.set(door, host);
	}

	return verdict;
}

/**
A tunnel may reach us under another port, and who listens for others is reached under addresses that we
cannot know. A name is different: whoever owns one can make it point at us, so only those of this
machine are ours.
*/
function isOurHost(host: string, door: Door): boolean {
	const {name, port} = hostPattern.exec(host)?.groups ?? {};
	if (name === undefined || (port !== undefined && Number(port) > 65_535)) {
		return false;
	}

	return (
		isLoopback(name) ||
		sameName(name, door.host) ||
		(!isLoopback(door.host) && isAddress(name))
	);
}

const sameName = (name: string, other: string): boolean =>
	(sixOf(name) ?? bare(name)) === (sixOf(other) ?? bare(other));

/**
Whether a host, as URLs or sockets write it, is this machine and nobody else can be reached by it.
*/
export function isLoopback(name: string): boolean {
	const six = sixOf(name);
	if (six !== undefined) {
		// 127.0.0.0/8 in an address of the other kind: `::ffff:127.0.0.1`.
		return six === '::1' || /^::ffff:7f[\da-f]{2}:[\da-f]{1,4}$/v.test(six);
	}

	const plain = bare(name);
	return (
		plain === 'localhost' ||
		// The same, said to the end: https://www.rfc-editor.org/rfc/rfc6761#section-6.3
		plain === 'localhost.' ||
		(isFour(plain) && plain.startsWith('127.'))
	);
}

const isAddress = (name: string): boolean =>
	isFour(name) || sixOf(name) !== undefined;

const part = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const fourPattern = new RegExp(String.raw`^${part}(?:\.${part}){3}$`, 'v');
const isFour = (name: string): boolean => fourPattern.test(name);

/**
An IPv6 address, with brackets or without, as everybody writes it in the end; undefined for anything else.
*/
function sixOf(name: string): string | undefined {
	return name.includes(':')
		? URL.parse(`http://[${bare(name)}]/`)?.hostname.slice(1, -1)
		: undefined;
}

const bare = (name: string): string =>
	name.toLowerCase().replaceAll(/^\[|\]$/gv, '');
