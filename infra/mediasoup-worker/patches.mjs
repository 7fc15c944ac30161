/**
 * Changes to mediasoup's C++ sources without which a worker built against a
 * distribution's libraries does not work. Each must match exactly once, so that a
 * new mediasoup version that changes the place fails the build instead of going
 * unpatched.
 *
 * @type {{file: string, why: string, find: string, replace: string}[]}
 */
export const patches = [
  {
    file: 'src/RTC/DtlsTransport.cpp',
    // The callback answers 1 to every "return" of an operation other than a plain
    // one, also to BIO_CTRL: "does this BIO do kernel TLS?". Distributions build
    // OpenSSL with KTLS, believe the 1, and the worker dies at the first handshake.
    why: 'OpenSSL with kernel TLS asks through BIO control calls',
    find: '(operationType == BIO_CB_RETURN)',
    replace: '((operationType & BIO_CB_RETURN) != 0)',
  },
];
