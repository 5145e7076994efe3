using Podcasto.Costs.Server.Hosting;

namespace Podcasto.Costs.Server.Parquet;

/// <summary>A Parquet file needs more memory than DuckDB may have, or than the machine has at this moment.</summary>
internal sealed class ParquetMemoryException(Exception inner)
    : OutOfReachException(
        "unavailable",
        "The server's memory does not suffice.",
        "There is not enough memory to make a Parquet file. Try again when less is under way; exports come as csv without it, too.",
        inner
    );
