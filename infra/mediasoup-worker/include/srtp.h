#ifndef TC_SRTP_H
#define TC_SRTP_H

// mediasoup's worker is written against libsrtp 3 (opaque policies, protect and
// unprotect out of place, sizes as size_t). Distributions carry libsrtp 2. This
// header offers the libsrtp 3 calls that the worker makes, in terms of libsrtp 2.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

// libsrtp 2's policy is a plain struct of the name that libsrtp 3 gives to the handle.
#define srtp_policy_t srtp2_policy_t
#include <srtp2/srtp.h>
#undef srtp_policy_t

// Codes that only libsrtp 3 knows. libsrtp 2 never returns them, the worker names them.
constexpr auto srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
constexpr auto srtp_err_status_cryptex_err  = static_cast<srtp_err_status_t>(29);

struct tc_srtp_policy
{
	srtp2_policy_t policy{};
	// libsrtp 2 reads one buffer with the key followed by the salt.
	uint8_t key[SRTP_MAX_KEY_LEN]{};
};

using srtp_policy_t = tc_srtp_policy*;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
	*policy = new (std::nothrow) tc_srtp_policy;

	return *policy ? srtp_err_status_ok : srtp_err_status_alloc_fail;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
	if (policy)
	{
		// Through a volatile pointer, or the compiler drops the wipe as a dead store.
		volatile uint8_t* key = policy->key;

		for (size_t i = 0; i < sizeof(policy->key); ++i)
		{
			key[i] = 0;
		}
	}

	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
	policy->policy.ssrc = ssrc;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
	const auto status = srtp_crypto_policy_set_from_profile_for_rtp(&policy->policy.rtp, profile);

	if (status != srtp_err_status_ok)
	{
		return status;
	}

	return srtp_crypto_policy_set_from_profile_for_rtcp(&policy->policy.rtcp, profile);
}

inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy,
  const uint8_t* key,
  size_t keyLen,
  const uint8_t* salt,
  size_t saltLen,
  const uint8_t* /*mki*/,
  size_t mkiLen)
{
	// The worker never uses a master key identifier.
	if (keyLen + saltLen > sizeof(policy->key) || mkiLen != 0)
	{
		return srtp_err_status_bad_param;
	}

	std::memcpy(policy->key, key, keyLen);
	std::memcpy(policy->key + keyLen, salt, saltLen);
	policy->policy.key = policy->key;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow)
{
	policy->policy.allow_repeat_tx = allow ? 1 : 0;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, size_t size)
{
	policy->policy.window_size = static_cast<unsigned long>(size);

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
	return srtp_create(session, &policy->policy);
}

// libsrtp 3 takes the SSRC in network order, as libsrtp 2's lookup does: the worker
// converts it before the call, so it must not be converted again.
inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrcNetworkOrder)
{
	return srtp_remove_stream(session, ssrcNetworkOrder);
}

namespace tc_srtp
{
	// libsrtp 2 works in place and appends up to "growth" bytes (RTCP: 4 more, for the index).
	template<typename Call>
	srtp_err_status_t outOfPlace(
	  Call call, srtp_t session, const uint8_t* in, size_t inLen, uint8_t* out, size_t* outLen, size_t growth)
	{
		if (inLen + growth > *outLen)
		{
			return srtp_err_status_buffer_small;
		}

		if (in != out)
		{
			std::memcpy(out, in, inLen);
		}

		int len           = static_cast<int>(inLen);
		const auto status = call(session, out, &len);

		if (status == srtp_err_status_ok)
		{
			*outLen = static_cast<size_t>(len);
		}

		return status;
	}
} // namespace tc_srtp

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* rtp, size_t rtpLen, uint8_t* srtp, size_t* srtpLen, size_t /*mkiIndex*/)
{
	return tc_srtp::outOfPlace(
	  [](srtp_t s, void* p, int* l) { return srtp_protect(s, p, l); },
	  session, rtp, rtpLen, srtp, srtpLen, SRTP_MAX_TRAILER_LEN);
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* srtp, size_t srtpLen, uint8_t* rtp, size_t* rtpLen)
{
	return tc_srtp::outOfPlace(
	  [](srtp_t s, void* p, int* l) { return srtp_unprotect(s, p, l); }, session, srtp, srtpLen, rtp, rtpLen, 0);
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const uint8_t* rtcp, size_t rtcpLen, uint8_t* srtcp, size_t* srtcpLen, size_t /*mkiIndex*/)
{
	return tc_srtp::outOfPlace(
	  [](srtp_t s, void* p, int* l) { return srtp_protect_rtcp(s, p, l); },
	  session, rtcp, rtcpLen, srtcp, srtcpLen, SRTP_MAX_TRAILER_LEN + 4);
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* srtcp, size_t srtcpLen, uint8_t* rtcp, size_t* rtcpLen)
{
	return tc_srtp::outOfPlace(
	  [](srtp_t s, void* p, int* l) { return srtp_unprotect_rtcp(s, p, l); },
	  session, srtcp, srtcpLen, rtcp, rtcpLen, 0);
}

#endif
