using System.Text.Json;
using System.Text.Json.Nodes;

namespace Podcasto.Costs.Server.Hosting.Bodies;

/// <summary>A form as the JSON that the interface takes, so that both are checked by the same code. Fields that are empty are left out.</summary>
internal sealed class FormObject(IFormCollection form)
{
    private readonly System.Text.Json.Nodes.JsonObject _fields = [];

    /// <summary>A field as it was sent, without blanks around it; empty where it was not.</summary>
    public string this[string name] => Clean(form[name].ToString());

    /// <summary>Takes a field over as a text.</summary>
    public FormObject Text(string name) => Text(name, this[name]);

    /// <summary>Takes a text in.</summary>
    public FormObject Text(string name, string value)
    {
        if (value.Length > 0)
            _fields[name] = value;
        return this;
    }

    /// <summary>Takes over all values of a field, such as those of check boxes.</summary>
    public FormObject List(string name)
    {
        _fields[name] = new JsonArray([.. form[name].OfType<string>().Select(value => (JsonNode)JsonValue.Create(Clean(value)))]);
        return this;
    }

    public JsonElement ToElement() => _fields.Deserialize<JsonElement>();

    // The interface refuses a NUL in its body; no form has a way to type one.
    private static string Clean(string text) => text.Replace("\0", "", StringComparison.Ordinal).Trim();
}
