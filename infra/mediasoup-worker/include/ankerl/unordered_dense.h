#ifndef TC_ANKERL_UNORDERED_DENSE_H
#define TC_ANKERL_UNORDERED_DENSE_H

// mediasoup's worker includes ankerl::unordered_dense, which no Debian package
// carries. It uses the parts whose behaviour the standard containers share, so
// names are all that is needed here.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>

namespace ankerl::unordered_dense
{
	// The worker adds up hashes of ports and address parts (HashCombine). libstdc++'s
	// std::hash is the identity for integers, which makes the low bits of such sums
	// collide for neighbouring ports, so numbers are mixed (splitmix64's finisher).
	template<typename Key, typename Enable = void>
	struct hash : std::hash<Key>
	{
	};

	template<typename Key>
	struct hash<Key, std::enable_if_t<std::is_integral_v<Key>>>
	{
		std::size_t operator()(Key key) const noexcept
		{
			auto x = static_cast<std::uint64_t>(key);

			x ^= x >> 30;
			x *= 0xbf58476d1ce4e5b9ULL;
			x ^= x >> 27;
			x *= 0x94d049bb133111ebULL;
			x ^= x >> 31;

			return static_cast<std::size_t>(x);
		}
	};

	template<typename Key, typename Value, typename Hash = hash<Key>, typename Equal = std::equal_to<Key>>
	using map = std::unordered_map<Key, Value, Hash, Equal>;

	template<typename Key, typename Hash = hash<Key>, typename Equal = std::equal_to<Key>>
	using set = std::unordered_set<Key, Hash, Equal>;
} // namespace ankerl::unordered_dense

#endif
