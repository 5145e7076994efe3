namespace Podcasto.Costs.Server.Archive;

/// <summary>The archive cannot be read or written; the message names the file and says what to do.</summary>
internal sealed class ArchiveException(string message, Exception? inner = null) : Exception(message, inner);
