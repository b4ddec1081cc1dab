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
Browsers send `Origin`, and a name that was made to point at us arrives as `Host`. Neither may spend
the user's money: what comes from another place than this very listener is turned away.
*/
export function checkDoor(
	door: Door,
	request: Readonly<{host: string | undefined; origin: string | undefined}>,
): DoorVerdict {
	if (request.host === undefined || !isOurs(request.host, door)) {
		return 'host';
	}

	const {origin} = request;
	if (
		origin === undefined ||
		door.allowOrigins.includes(origin) ||
		origin === `http://${request.host}`
	) {
		return undefined;
	}

	return 'origin';
}

const hostPattern = /^(?<name>\[[\d.:a-f]+\]|[^:]+)(?::(?<port>\d+))?$/iv;

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

function isOurHost(host: string, door: Door): boolean {
	const {name, port} = hostPattern.exec(host)?.groups ?? {};
	if (name === undefined) {
		return false;
	}

	// A tunnel may reach us under another port; under another name nobody should.
	return (
		(port === undefined || Number(port) < 65_536) &&
		(isLoopback(name) || bare(name) === bare(door.host))
	);
}

const bare = (name: string): string =>
	name.toLowerCase().replaceAll(/^\[|\]$/gv, '');

export function isLoopback(name: string): boolean {
	const plain = bare(name);
	return (
		plain === 'localhost' ||
		plain === '::1' ||
		/^127(?:\.\d{1,3}){3}$/v.test(plain)
	);
}
