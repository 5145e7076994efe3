using System.Text.Json;
using Podcasto.Costs.Cli.App;

namespace Podcasto.Costs.Cli.Sending;

/// <summary>Where a <see cref="SendState"/> is kept; nowhere for standard input without <c>--resume</c>.</summary>
internal sealed class StateFile(string? path)
{
    /// <summary>Whether the next run will know of this one.</summary>
    public bool Remembers => path is not null;

    /// <summary>What an earlier run left; null for nothing of use.</summary>
    /// <exception cref="CliException">It cannot be read.</exception>
    public SendState? Read()
    {
        if (path is null || !File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), SendStateContext.Default.SendState);
        }
        catch (JsonException)
        {
            throw new CliException(ExitCodes.Failed, $"{path} is not what an earlier run left: --restart begins anew.");
        }
    }

    /// <summary>Replaces it as a whole: a kill leaves the old state or the new one.</summary>
    public void Write(SendState state)
    {
        if (path is null)
            return;
        var next = path + ".next";
        File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(state, SendStateContext.Default.SendState));
        File.Move(next, path, overwrite: true);
    }

    public void Delete()
    {
        if (path is not null)
            File.Delete(path);
    }
}
